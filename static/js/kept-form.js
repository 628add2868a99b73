// A form that was kept while its reader signed in in another window: it is sent with what the new sign-in has for it, so
// that one press is enough. Without a script the forum asks once more.

const form = document.querySelector("form[data-token-url]");
const stillOut = document.getElementById("still-out");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  stillOut.hidden = true;
  const token = await currentToken();
  if (token) {
    form.elements.csrf_token.value = token;
    form.submit();
  } else {
    stillOut.hidden = false;
  }
});

// None without a network as well: what was typed stays where it is.
async function currentToken() {
  try {
    const answer = await fetch(form.dataset.tokenUrl, { cache: "no-store" });
    return (await answer.json()).token;
  } catch {
    return "";
  }
}
