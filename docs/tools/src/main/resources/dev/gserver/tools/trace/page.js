const LAYERS = ["", "listen", "epoll", "threadpool", "send", "timer"];
const SAME_ROW_MS = 1; // steps of one row lie no further apart
const LATER_MS = 20; // a longer pause is worth a line
const ID_CHARACTERS = 26; // fit on a card
const TRACKS = [14, 10, 18]; // pixels into the gap between two lanes
const chart = $(".chart");
const panel = $("#panel");
const items = data.items;
const arrowsFrom = new Map();
const arrowsTo = new Map();
let chosen = -1;

const isStep = (item) => item.id !== undefined;
const layerOf = (item) => data.notes[item.id].layer;
const time = (ms) => ms.toFixed(2) + " ms";

// ---- what is drawn once

function drawIntro() {
    $("h1").textContent = say("trace.title", data.title);
    const count = (test) => items.filter((item) => isStep(item) && test(item)).length;
    $("#handed").hidden = data.arrows.length === 0;
    const select = $("#connection");
    select.append(new Option(say("trace.all", count(() => true)), ""));
    data.connections.forEach((name, index) =>
        select.append(new Option(name + ": " + count((item) => item.connection === index), index)));
    select.addEventListener("change", choice);
    for (let layer = 0; layer < LAYERS.length; layer++) {
        if (count((item) => layerOf(item) === layer) > 0) {
            $("#layers").append(layerBox(layer));
        }
    }
}

/** The scenes of the demo, numbered, and a way to each. */
function drawScenes() {
    const scenes = items.filter((item) => item.kind === "act");
    scenes.forEach((scene, index) => {
        scene.element.id = "scene-" + (index + 1);
        scene.element.firstChild.prepend(make("b", "", index + 1 + " "));
        const button = make("button", "plain", index + 1);
        button.type = "button";
        button.title = scene.text;
        button.setAttribute("aria-label", say("trace.scene", index + 1, scene.text));
        button.addEventListener("click", () => scene.element.scrollIntoView());
        $("#scenes").append(...(index ? [] : [say("trace.scenes") + " "]), button);
    });
}

function layerBox(layer) {
    const box = make("input", "");
    box.type = "checkbox";
    box.checked = true;
    box.value = layer;
    box.addEventListener("change", choice);
    return make("label", "layer" + layer, box, make("span", "badge", layer || "?"), LAYERS[layer] || say("trace.other"));
}

function dutyOf(lane) {
    const duties = {
        main: items.some((item) => item.kind === "client") ? say("trace.start.client") : say("trace.start"),
        "event-loop": say("trace.loop"), send: say("trace.send"), timer: say("trace.timer"),
    };
    return duties[lane] || (/^\d/.test(lane) ? say("trace.waited") : /^worker-/.test(lane) ? say("trace.worker") : "");
}

function drawLanes() {
    const sheet = $(".sheet");
    sheet.style.setProperty("--lanes", data.lanes.length);
    if (data.lanes.length < 3) {
        sheet.style.setProperty("--most", "30rem");
    }
    data.lanes.forEach((name) => $(".lanes").append(make("div", "", make("b", "", name), make("span", "", dutyOf(name)))));
}

/** A name that, if it is too long for one line, may be broken where a word in it begins. */
function breakable(name) {
    const end = name.length <= ID_CHARACTERS ? -1 : name.slice(0, ID_CHARACTERS).search(/(_|[a-z](?=[A-Z]))[^_A-Z]*$/) + 1;
    return end > 0 ? [name.slice(0, end), document.createElement("wbr"), name.slice(end)] : [name];
}

function drawCard(item, index) {
    const id = make("span", "id", ...breakable(item.id));
    const foot = make("span", "foot", make("span", "badge", layerOf(item) || "?"), time(item.ms));
    if (item.connection >= 0) {
        foot.append(make("span", "whose", data.connections[item.connection].replace(/ \(.*/, "")));
    }
    const card = make("button", "card layer" + layerOf(item), make("span", "what", item.what), id, foot);
    card.type = "button";
    card.dataset.index = index;
    card.setAttribute("aria-label", [item.thread + ": " + item.id, item.what, time(item.ms), data.connections[item.connection]]
        .filter(Boolean).join(", "));
    return card;
}

function drawRemark(item) {
    if (item.kind === "client") {
        return make("p", "client", make("b", "", say("trace.client") + " "), item.text);
    }
    return make("p", item.kind === "act" ? "banner" : "remark " + item.kind, make("span", "", item.text));
}

function drawItems() {
    items.forEach((item, index) => {
        item.element = isStep(item) ? drawCard(item, index) : drawRemark(item);
        item.concerns = new Set([item.connection]);
    });
    for (const [from, to] of data.arrows) {
        arrowsFrom.set(from, (arrowsFrom.get(from) || []).concat(to));
        arrowsTo.set(to, (arrowsTo.get(to) || []).concat(from));
        items[to].concerns.add(items[from].connection); // what its work leads to belongs to a connection too
    }
    const last = [];
    items.filter(isStep).forEach((item) => {
        item.waitedBefore = last[item.lane] !== undefined && waits(last[item.lane], item);
        last[item.lane] = item;
    });
    chart.append(document.createElementNS("http://www.w3.org/2000/svg", "svg"));
    chart.append(...items.map((item) => item.element));
}

