// The person's text on its way from the hub to a decision's page; gone with the tab.

const KEY = "guide.text";

/** @type {{text: string, decision: string} | null} */
let visit = null;

/** @param {string} text @param {string} decision */
export function passText(text, decision) {
  visit = { text, decision };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(visit));
  } catch {
    // Blocked: instant navigation keeps this module.
  }
}

// The text for a decision's page. @param {string} decision
/** @param {string} decision */
export function passedText(decision) {
  try {
    visit = JSON.parse(sessionStorage.getItem(KEY) ?? "null") ?? visit;
  } catch {
    // Blocked, see above.
  }
  return visit?.decision === decision ? visit.text : "";
}

export function forgetText() {
  visit = null;
  try {
    sessionStorage.removeItem(KEY);
  } catch {
    // Blocked, see above.
  }
}

// Through a link, so that instant navigation keeps Python running.
/** @param {string} address */
export function go(address) {
  const link = document.createElement("a");
  link.href = new URL(address, document.baseURI).href;
  document.body.append(link);
  link.click();
  link.remove();
}
