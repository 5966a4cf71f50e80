// ---- the chosen step

function choose(index) {
    items[chosen]?.element.classList.remove("chosen");
    chosen = index;
    const item = items[index];
    item.element.classList.add("chosen");
    panel.className = "layer" + layerOf(item);
    panel.querySelector(".columns").replaceChildren(meaning(item, index), code(item));
    panel.hidden = false;
    document.body.classList.add("open");
    panel.scrollTop = 0;
    chart.classList.add("choosing");
    chart.querySelectorAll("path[data-from]").forEach((path) =>
        path.classList.toggle("chosen", Number(path.dataset.from) === index || Number(path.dataset.to) === index));
    item.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    panel.querySelector("h2").focus({ preventScroll: true });
}

function close() {
    if (chosen < 0) {
        return;
    }
    panel.hidden = true;
    document.body.classList.remove("open");
    chart.classList.remove("choosing");
    items[chosen].element.classList.remove("chosen");
    chosen = -1;
}

function closeAndReturn() {
    const card = items[chosen]?.element;
    close();
    card?.focus();
}

function meaning(item, index) {
    const note = data.notes[item.id];
    const title = make("h2", "", make("span", "badge", layerOf(item) || "?"), make("span", "id", item.id));
    title.tabIndex = -1;
    if (LAYERS[layerOf(item)]) {
        title.append(make("small", "", say("trace.layer", LAYERS[layerOf(item)])));
    }
    const facts = make("dl", "");
    const add = (name, value) => value && facts.append(make("dt", "", name), make("dd", "", value));
    add(say("trace.happened"), item.what);
    add(say("trace.connection"), data.connections[item.connection]);
    add(say("trace.thread"), item.thread);
    add(say("trace.time"), say("trace.since", time(item.ms)));
    add(say("trace.test"), note.test);
    return make("div", "", title, make("p", "meaning", say("trace.sentence", note.text[0].toUpperCase() + note.text.slice(1))), facts, moves(index));
}

function moves(index) {
    const box = make("div", "moves");
    const add = (sign, words, target) => {
        if (target >= 0) {
            const button = make("button", "plain", sign + " " + words(items[target]));
            button.type = "button";
            button.addEventListener("click", () => choose(target));
            box.append(button);
        }
    };
    shownOf(arrowsTo, index).forEach((from) => add("←", (step) => say("trace.from", step.thread, step.id), from));
    shownOf(arrowsFrom, index).forEach((to) => add("→", (step) => say("trace.to", step.thread, step.id), to));
    add("↑", () => say("trace.before"), neighbour(index, -1));
    add("↓", () => say("trace.after"), neighbour(index, 1));
    return box;
}

const shownOf = (ends, index) => (ends.get(index) || []).filter((end) => items[end].shown);

function neighbour(index, direction) {
    let i = index + direction;
    while (items[i] && !(items[i].lane === items[index].lane && items[i].shown)) {
        i += direction;
    }
    return items[i] ? i : -1;
}

/** Where the code stands; on the web site, which has a page for each file, a link. */
function sourceOf(place) {
    const name = make("code", "", place.file + ":" + place.line);
    if (!data.sourcePages) {
        return name;
    }
    const link = make("a", "", name);
    link.href = data.sourcePages + place.file + ".html#L" + place.line;
    link.target = "_top";
    return link;
}

function code(item) {
    const note = data.notes[item.id];
    const saysSo = note.places.filter((place) => item.what.includes(place.what));
    const parts = (saysSo.length > 0 ? saysSo : note.places).flatMap((place) => [
        make("div", "file", sourceOf(place), note.code ? say("trace.in", note.code) : ""),
        listingOf(place),
    ]);
    return make("div", "", ...parts, make("div", "file", say("trace.line")), make("pre", "raw", item.raw));
}

function listingOf(place) {
    const indent = Math.min(...place.lines.filter((line) => line.trim()).map((line) => line.search(/\S/)));
    return listing(place.lines.map((line) => line.slice(indent)), place.firstLine, (number) => number === place.line ? "lit" : "");
}

// ---- keys, sizes

const isTyping = (element) => element.matches("select, input");

function target(key, index) {
    switch (key) {
        case "ArrowDown": return neighbour(index, 1);
        case "ArrowUp": return neighbour(index, -1);
        case "ArrowRight": return shownOf(arrowsFrom, index)[0] ?? -1;
        case "ArrowLeft": return shownOf(arrowsTo, index)[0] ?? -1;
        default: return -1;
    }
}

function onKey(event) {
    if (event.key === "Escape") {
        closeAndReturn();
    }
    const card = document.activeElement.closest(".card");
    const index = chosen >= 0 ? chosen : card ? Number(card.dataset.index) : -1;
    if (index < 0 || isTyping(document.activeElement)) {
        return;
    }
    const next = target(event.key, index);
    if (next >= 0) {
        event.preventDefault();
        chosen >= 0 ? choose(next) : items[next].element.focus();
    }
}

drawIntro();
drawLanes();
drawItems();
drawScenes();
arrange();
chart.addEventListener("click", (event) => {
    const card = event.target.closest(".card");
    if (card) {
        choose(Number(card.dataset.index));
    }
});
$("#close").addEventListener("click", closeAndReturn);
document.addEventListener("keydown", onKey);
let width = chart.clientWidth;
new ResizeObserver(() => {
    if (chart.clientWidth !== width) {
        width = chart.clientWidth;
        drawLines();
    }
}).observe(chart);
