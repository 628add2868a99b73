// Tells the organisers that a person has opened the invitation: programs that look through mail run no scripts.
const form = document.querySelector("form[data-opened]");
if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
