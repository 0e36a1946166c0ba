export { changeContext as pageContext } from "../kit/change_context.ts";
