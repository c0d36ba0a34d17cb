/* Everything that our pages do in the browser. Each part is told of the page once it is there, and of every piece that
   htmx puts into it; a part finds its elements by their data attributes and takes all words from them. */
import { mountCharts } from "./charts.js";
import { mountConfirm } from "./confirm.js";
import { mountCopy } from "./copy.js";
import { mountDrafts } from "./drafts.js";
import { mountDrawer } from "./drawer.js";
import { mountDues } from "./dues.js";
import { mountFiles } from "./files.js";
import { mountForms } from "./forms.js";
import { mountKeys } from "./keys.js";
import { mountOffline } from "./offline.js";
import { mountRequests } from "./requests.js";
import { mountToasts } from "./toasts.js";

const once = [mountRequests, mountConfirm, mountDrawer, mountKeys, mountOffline, mountCopy, mountForms];
const each = [mountToasts, mountDrafts, mountDues, mountFiles, mountCharts];

once.forEach((mount) => mount());
each.forEach((mount) => mount(document.body));
document.body.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) each.forEach((mount) => mount(event.target));
});
