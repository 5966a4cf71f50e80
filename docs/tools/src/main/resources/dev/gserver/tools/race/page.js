const LAYERS = ["", "listen", "epoll", "threadpool", "send", "timer"];
const race = data.race;
const events = data.steps.map((index) => race.events[index]);
const chart = $(".chart");
const cards = [];
let chosen = 0; // events.length: what came of it

const layerOf = (file) => Math.max(0, LAYERS.indexOf((file || "").split("/").at(-2)));
const verb = (event) => /lock$/.test(event.kind) && !event.what.includes("lock") ? event.kind + " " : "";
const textOf = (event) => event.step || verb(event) + event.what + (event.value ? (event.kind === "write" ? " = " : " → ") + event.value : "");
const breakable = (text) => text.split(/(?<=[(.])/).flatMap((part) => [part, document.createElement("wbr")]);
const marked = (text) => text.split("`").map((part, i) => (i % 2 ? make("code", "", part) : part.replaceAll("*", "")));
const isEnd = () => chosen === events.length;

// ---- what is drawn once

function drawIntro() {
    $("h1").textContent = race.title;
    $("#found").append(make("b", "", ...marked(race.sentence)), " " + say("race.here", race.stage, race.scenario, race.seconds.toFixed(1)));
    $(".sheet").style.setProperty("--lanes", race.threads.length);
    race.threads.forEach((name, lane) => {
        $(".lanes").append(make("div", "", make("b", "", name)));
        const line = make("div", "lane");
        line.style.gridArea = "1 / " + (lane + 1) + " / span " + events.length;
        chart.append(line);
    });
}

/** Of each event, the first and the last with a lock too, whether its thread holds one; who waits gives it up. */
function noteLocks() {
    const locks = race.threads.map(() => 0);
    race.events.forEach((event) => {
        locks[event.thread] += event.kind === "lock";
        event.holds = locks[event.thread] > 0;
        locks[event.thread] = event.kind === "wait" ? 0 : Math.max(0, locks[event.thread] - (event.kind === "unlock"));
    });
}

function drawCards() {
    noteLocks();
    events.forEach((event, index) => {
        const place = event.file ? event.file.replace(/^.*\/|\.java$/g, "") + ":" + event.line : "";
        const card = make("button", "card layer" + layerOf(event.file) + (event.holds ? " holds" : ""),
            make("span", "id", event.step || ""), make("span", "what", ...(event.step ? [] : breakable(textOf(event)))), make("span", "foot", place));
        card.setAttribute("aria-label", [race.threads[event.thread] + ": " + textOf(event), place, event.holds && say("race.holds")]
            .filter(Boolean).join(", "));
        card.style.gridArea = (index + 1) + " / " + (event.thread + 1);
        card.style.setProperty("--depth", event.depth);
        addCard(card);
    });
    const fact = (name, text) => make("span", "what", make("b", "", name + " "), text);
    const end = make("button", "card end layer" + race.stage, fact(say("race.expected"), race.expected), fact(say("race.got"), race.got), fact(say("race.gone"), race.lost));
    end.style.gridArea = (events.length + 1) + " / 1 / auto / -1";
    addCard(end);
    $("#held").hidden = chart.querySelector(".holds") === null;
}

function addCard(card) {
    const index = cards.length;
    card.type = "button";
    card.addEventListener("click", () => choose(index));
    cards.push(card);
    chart.append(card);
}

// ---- the chosen step

function choose(index) {
    chosen = Math.min(Math.max(index, 0), events.length);
    cards.forEach((card, i) => {
        card.classList.toggle("chosen", i === chosen);
        card.classList.toggle("ahead", i > chosen);
        card.setAttribute("aria-current", i === chosen ? "step" : "false");
    });
    const event = events[chosen];
    $("#where").textContent = isEnd() ? say("race.end") : say("race.step", chosen + 1, events.length);
    $("#first").disabled = $("#back").disabled = chosen === 0;
    $("#last").disabled = $("#on").disabled = isEnd();
    $("#what").replaceChildren(...(isEnd()
        ? [say("race.lit", race.lost)]
        : [make("b", "", race.threads[event.thread] + ": "), textOf(event)]));
    drawCode();
    cards[chosen].scrollIntoView({ block: "nearest" });
}

/** The last step up to the chosen one that stands in a file; of one thread, or of any. */
function lastStep(thread) {
    return events.slice(0, chosen + 1).findLast((event) => event.file in data.sources && (thread === undefined || event.thread === thread));
}

function drawCode() {
    const step = isEnd() ? race.prevents : lastStep() || race.prevents;
    const source = data.sources[step.file];
    $("#panel").className = "layer" + layerOf(step.file);
    $(".file code").replaceChildren(make("span", "", step.file.replace(/[^/]*$/, "")), step.file.replace(/^.*\//, ""));
    const isSame = !source.counterparts.includes(-1) && source.added.length === 0;
    const counterpart = (line) => source.counterparts[line - 1] + 1;
    const others = race.threads.map((name, thread) => lastStep(thread))
        .filter((other) => other && other.file === step.file && (isEnd() || other.thread !== events[chosen].thread)).map((other) => other.line);
    const wrong = (line) => line === (isEnd() ? 0 : step.line) ? "lit" : counterpart(line) === 0 ? "wrong" : "";
    const right = (line) => line === (isEnd() ? step.line : counterpart(step.line)) ? "lit" : source.added.includes(line - 1) ? "right" : "";
    const sides = [side(isSame ? say("race.same") : say("race.wrong.side"), source.wrong, wrong, others)];
    if (!isSame) {
        sides.push(side(say("race.right.side"), source.right, right, others.map(counterpart)));
    }
    $(".sides").replaceChildren(...sides);
    scrollIn(sides[0], isEnd() ? before(source, step.line) : step.line);
    isSame || scrollIn(sides[1], isEnd() ? step.line : after(source, step.line));
}

/** The last line of the wrong version that stands before a line of the right one, and the other way round. */
const before = (source, line) => source.counterparts.findLastIndex((number) => number >= 0 && number < line) + 1 || 1;
const after = (source, line) => source.counterparts.slice(0, line).findLast((number) => number >= 0) + 1 || 1;

function side(title, lines, classOf, others) {
    const list = listing(lines, 1, classOf);
    list.tabIndex = 0;
    list.setAttribute("aria-label", title);
    others.filter(Boolean).forEach((line) => list.children[line - 1].classList.add("stands"));
    return make("section", "", make("h2", "", title), list);
}

/** Puts a line of a side into its middle. */
function scrollIn(section, line) {
    const list = section.lastChild;
    const element = list.children[line - 1];
    list.scrollTop = element.offsetTop - (list.clientHeight - element.offsetHeight) / 2;
}

// ---- buttons and keys

const moves = { first: () => 0, back: () => chosen - 1, on: () => chosen + 1, last: () => events.length };
const keys = { Home: "first", ArrowLeft: "back", ArrowRight: "on", End: "last" };

drawIntro();
drawCards();
Object.entries(moves).forEach(([id, target]) => $("#" + id).addEventListener("click", () => choose(target())));
document.addEventListener("keydown", (event) => {
    if (keys[event.key] && !event.ctrlKey && !event.altKey && !event.metaKey) {
        event.preventDefault();
        choose(moves[keys[event.key]]());
    }
});
choose(0);
window.scrollTo(0, 0);
