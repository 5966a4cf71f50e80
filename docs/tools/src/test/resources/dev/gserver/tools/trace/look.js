// What only a browser knows. Each line of the findings begins with "ok" or says what was wrong.
const findings = [];
function same(what, expected, actual) {
    findings.push(String(actual) === String(expected) ? "ok " + what : what + ": expected " + expected + ", got " + actual);
}
function finish() {
    document.body.replaceChildren(Object.assign(document.createElement("pre"), { textContent: findings.join("\n") }));
}
const texts = (selector) => [...document.querySelectorAll(selector)].map((e) => e.textContent);
const count = (selector) => document.querySelectorAll(selector).length;
const at = (ms) => items.find((item) => item.ms === ms);
const shownTimes = () => items.filter((i) => isStep(i) && i.element.checkVisibility()).map((i) => i.ms).join(" ");
function show(option) {
    const select = document.querySelector("#connection");
    select.value = [...select.options].find((o) => o.text.startsWith(option)).value;
    select.dispatchEvent(new Event("change"));
}
function press(key) {
    document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
}
function cardsUnderArrows() {
    return [...document.querySelectorAll(".chart .arrow")].flatMap((path) => {
        const points = [];
        for (let along = 2; along < path.getTotalLength(); along += 4) points.push(path.getPointAtLength(along));
        return items.filter((i) => isStep(i) && i.shown && points.some((p) => p.x > i.box.left + 1
            && p.x < i.box.right - 1 && p.y > i.box.top + 1 && p.y < i.box.bottom - 1)).map((i) => i.raw);
    }).join("|");
}
