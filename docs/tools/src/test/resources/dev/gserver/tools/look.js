// What only a browser knows. Each line of the findings begins with "ok" or says what was wrong.
const findings = [];
function same(what, expected, actual) {
    findings.push(String(actual) === String(expected) ? "ok " + what : what + ": expected " + expected + ", got " + actual);
}
function finish() {
    top.document.body.append(Object.assign(document.createElement("pre"), { id: "findings", textContent: findings.join("\n") }));
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
const pixel = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
const rgb = color => {
    pixel.clearRect(0, 0, 1, 1); pixel.fillStyle = color; pixel.fillRect(0, 0, 1, 1);
    return [...pixel.getImageData(0, 0, 1, 1).data];
};
const luminance = color => color.slice(0, 3).map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
const background = e => {
    for (; e; e = e.parentElement) {
        const color = rgb(getComputedStyle(e).backgroundColor);
        if (color[3] === 255) return color;
    }
};
const contrast = e => {
    const [low, high] = [luminance(rgb(getComputedStyle(e).color)), luminance(background(e))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
};
const looksBright = () => luminance(rgb(getComputedStyle(document.body).backgroundColor)) > 0.5;
const faintTexts = () => [...document.querySelectorAll("body *")]
    .filter((e) => e.checkVisibility() && !e.disabled && [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .map((e) => [contrast(e), e.tagName + "." + e.className + " " + e.textContent.slice(0, 30)])
    .filter(([value]) => value < 4.5).map(String).join("|");
