/* [data-due]: the time left counts down while the page is open, and turns to "overdue" on its minute. The server wrote the
   first text; the words stand once a page: "%n 天", "%n 小时", "%n 分钟", "还有 %span", "已逾期 %span". */
import { found, words } from "./words.js";

const SOON = 48 * 60;
const live = new Set();

function span(minutes, data) {
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor(minutes / 60) % 24;
  const rest = minutes % 60;
  const parts = [];
  if (days) parts.push(data.dueDay.replace("%n", days));
  if (hours && days < 10) parts.push(data.dueHour.replace("%n", hours));
  if (!days && rest) parts.push(data.dueMinute.replace("%n", rest));
  return parts.join(" ");
}

function tell(element) {
  const said = words();
  const seconds = (new Date(element.dataset.due) - Date.now()) / 1000;
  const late = seconds <= 0;
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const text = late ? (minutes ? said.dueLate : said.dueLateNow) : minutes ? said.dueAhead : said.dueAheadNow;
  if (!text) return;
  element.querySelector("[data-due-left]").textContent = text.replace("%span", span(minutes, said));
  element.classList.toggle("is-late", late);
  element.classList.toggle("is-soon", !late && minutes <= SOON);
  element.classList.toggle("is-ahead", !late && minutes > SOON);
}

export function mountDues(root) {
  for (const element of found(root, "[data-due]")) live.add(element);
  if (mountDues.timer) return;
  mountDues.timer = setInterval(() => {
    for (const element of live) {
      if (element.isConnected) tell(element);
      else live.delete(element);
    }
  }, 30000);
}
