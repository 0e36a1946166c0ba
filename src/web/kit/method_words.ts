import type { MethodName } from "../../domain/method.ts";

/** What each method does, in words of somebody who has to choose one. */
export const METHOD_WORDS: Record<MethodName, { readonly title: string; readonly says: string }> = {
  step: {
    title: "Until the next poll",
    says: "A store stays as it was last seen until it is seen again. Only business hours count.",
  },
  nearest: {
    title: "Half an hour around each poll",
    says: "A poll speaks for the half hour before and after it. Time that no poll reaches is left out.",
  },
  clock: {
    title: "The whole clock",
    says: "As the first, up to the last full hour, and closed time counts as uptime: every week has 168 hours.",
  },
  "in-hours": {
    title: "Polls in business hours only",
    says: "As the first, but what is seen while a store is closed is not taken into account.",
  },
  observed: {
    title: "Observed time only",
    says:
      "A store stays as it was last seen for two hours at most. Open time after that is unknown, and does not count.",
  },
};
