/* Says when there is no connection, for as long as there is none. */
export function mountOffline() {
  const notice = document.querySelector("[data-offline]");
  if (!notice) return;
  const tell = () => {
    notice.hidden = navigator.onLine;
  };
  tell();
  window.addEventListener("online", tell);
  window.addEventListener("offline", tell);
}
