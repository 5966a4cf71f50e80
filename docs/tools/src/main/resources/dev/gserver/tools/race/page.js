const LAYERS = ["", "listen", "epoll", "threadpool", "send", "timer"];
const race = data.race;
const events = race.events.filter((event) => event.kind !== "switch");
const chart = $(".chart");
const cards = [];
let chosen = 0; // events.length: what came of it

const layerOf = (file) => Math.max(0, LAYERS.indexOf((file || "").split("/").at(-2)));
const shortName = (file) => file.slice(file.lastIndexOf("/") + 1);
const textOf = (event) => event.what + (event.value ? (event.kind === "write" ? " = " : " → ") + event.value : "");
const isEnd = () => chosen === events.length;

// ---- what is drawn once

function drawIntro() {
    $("h1").textContent = race.title;
    $("#found").append(make("b", "", race.sentence), " Here a copy of stage " + race.stage + " is wrong in that, on purpose. "
        + race.scenario + " has found in " + race.seconds.toFixed(1) + " s what then goes wrong.");
    $(".sheet").style.setProperty("--lanes", race.threads.length);
    race.threads.forEach((name, lane) => {
        $(".lanes").append(make("div", "", make("b", "", name)));
        const line = make("div", "lane");
        line.style.gridArea = "1 / " + (lane + 1) + " / span " + events.length;
        chart.append(line);
    });
}

function drawCards() {
    const holds = new Set();
    events.forEach((event, index) => {
        const lock = event.kind === "lock";
        lock && holds.add(event.thread);
        const held = holds.has(event.thread);
        /unlock|wait/.test(event.kind) && holds.delete(event.thread);
        const place = event.file ? shortName(event.file) + ":" + event.line : "";
        const card = make("button", "card layer" + layerOf(event.file) + (held ? " holds" : ""),
            make("span", "id", event.step || ""), make("span", "what", event.what === event.step ? "" : textOf(event)), make("span", "foot", place));
        card.setAttribute("aria-label", [race.threads[event.thread] + ": " + textOf(event), event.step, place, held && "holds a lock"]
            .filter(Boolean).join(", "));
        card.style.gridArea = (index + 1) + " / " + (event.thread + 1);
        card.style.setProperty("--depth", event.depth);
        addCard(card);
    });
    const fact = (name, text) => make("span", "what", make("b", "", name + " "), text);
    const end = make("button", "card end layer" + race.stage, fact("Expected:", race.expected), fact("Got:", race.got), fact("Lost:", race.lost));
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
    $("#where").textContent = isEnd() ? "the end" : "step " + (chosen + 1) + " of " + events.length;
    $("#first").disabled = $("#back").disabled = chosen === 0;
    $("#last").disabled = $("#on").disabled = isEnd();
    $("#what").replaceChildren(...(isEnd()
        ? [race.lost + " The line that prevents it is lit."]
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
    $(".file code").textContent = step.file;
    const isSame = !source.counterparts.includes(-1) && source.added.length === 0;
    const counterpart = (line) => source.counterparts[line - 1] + 1;
    const others = race.threads.map((name, thread) => lastStep(thread))
        .filter((other) => other && other.file === step.file && (isEnd() || other.thread !== events[chosen].thread)).map((other) => other.line);
    const wrong = (line) => line === (isEnd() ? 0 : step.line) ? "lit" : counterpart(line) === 0 ? "wrong" : "";
    const right = (line) => line === (isEnd() ? step.line : counterpart(step.line)) ? "lit" : source.added.includes(line - 1) ? "right" : "";
    $(".sides").replaceChildren();
    drawSide(isSame ? "the same in both versions" : "the wrong version", source.wrong, wrong, others, isEnd() ? before(source, step.line) : step.line);
    if (!isSame) {
        drawSide("the right version", source.right, right, others.map(counterpart), isEnd() ? step.line : after(source, step.line));
    }
}

/** The last line of the wrong version that stands before a line of the right one, and the other way round. */
const before = (source, line) => source.counterparts.findLastIndex((number) => number >= 0 && number < line) + 1 || 1;
const after = (source, line) => source.counterparts.slice(0, line).findLast((number) => number >= 0) + 1 || 1;

function drawSide(title, lines, classOf, others, near) {
    const list = listing(lines, 1, classOf);
    list.tabIndex = 0;
    list.setAttribute("aria-label", title);
    others.filter(Boolean).forEach((line) => list.children[line - 1].classList.add("stands"));
    $(".sides").append(make("section", "", make("h2", "", title), list));
    const middle = list.querySelector(".lit") || list.children[near - 1];
    list.scrollTop = middle.offsetTop - (list.clientHeight - middle.offsetHeight) / 2;
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
