import { storeAddress } from "../kit/links.ts";
import type { ExclusionAddresses } from "./exclusion_table.tsx";

/** Where the forms of a store's page are sent, and where it is shown. */
export interface CalendarAddresses extends ExclusionAddresses {
  readonly exclude: string;
  readonly special: string;
  readonly removeSpecial: string;
}

/**
 * The forms lead back to the week that the page shows.
 *
 * @param shown the parameters of the page
 */
export function calendarAddresses(storeId: string, shown: URLSearchParams): CalendarAddresses {
  const kept = new URLSearchParams([...shown].filter(([name]) => name !== "change"));
  const at = (path: string, added: Record<string, string> = {}) => {
    const query = new URLSearchParams([...kept, ...Object.entries(added)]);
    return `${storeAddress(storeId)}${path}${query.size === 0 ? "" : `?${query}`}`;
  };
  return {
    exclude: at("/exclude"),
    special: at("/special-date"),
    removeSpecial: at("/special-date/remove"),
    withdraw: (id) => at(`/exclusions/${id}/withdraw`),
    save: (id) => at(`/exclusions/${id}/change`),
    change: (id) => `${at("", { change: id })}#change`,
  };
}
