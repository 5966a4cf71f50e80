// ---- where things stand: again for each choice of a connection or of layers

/** Another choice of steps. What is at the top of the window stays there, or else what comes next. */
function choice() {
    close();
    const edge = $(".bar").getBoundingClientRect().bottom;
    const first = items.findIndex((item) => item.shown && item.element.getBoundingClientRect().top >= edge);
    const tops = items.map((item) => item.shown ? item.element.getBoundingClientRect().top : edge);
    arrange();
    const kept = items.find((item, index) => index >= first && item.shown);
    if (first >= 0 && window.scrollY > 0 && kept) {
        window.scrollBy(0, kept.element.getBoundingClientRect().top - tops[items.indexOf(kept)]);
    }
}

/** Shows what is asked for and gives each thing its row. */
function arrange() {
    const connection = $("#connection").value;
    const layers = new Set([...document.querySelectorAll("#layers input:checked")].map((box) => Number(box.value)));
    const shown = (item) => layers.has(layerOf(item)) && (connection === "" || item.concerns.has(Number(connection)));
    chart.querySelectorAll(".later").forEach((element) => element.remove());
    let row = { number: 0, open: false };
    let before = null;
    items.forEach((item, index) => {
        item.shown = !isStep(item) || shown(item);
        item.element.hidden = !item.shown;
        if (!item.shown) {
            return;
        }
        if (!isStep(item)) {
            row = { number: row.number + 1, open: false };
            item.element.style.gridArea = item.kind === "client" ? place(row.number, data.lanes.indexOf("main")) : row.number + " / 1 / auto / -1";
        } else {
            if (before !== null && item.ms - before > LATER_MS) {
                row = drawLater(row.number + 1, item.ms - before, item.element);
            }
            row = rowFor(item, index, row);
            row.lanes.add(item.lane);
            item.element.style.gridArea = place(row.number, item.lane);
            before = item.ms;
        }
        item.row = row.number;
    });
    drawLines();
}

const place = (row, lane) => row + " / " + (lane + 1);

function rowFor(item, index, row) {
    const fits = row.open && !row.lanes.has(item.lane) && item.ms - row.start <= SAME_ROW_MS
        && !(arrowsTo.get(index) || []).some((from) => items[from].shown && items[from].row === row.number);
    return fits ? row : { number: row.number + 1, lanes: new Set(), start: item.ms, open: true };
}

function drawLater(row, ms, next) {
    const later = make("p", "later", make("span", "", say("trace.later", ms < 10000 ? Math.round(ms) + " ms" : Math.round(ms / 1000) + " s")));
    later.style.gridRow = row;
    chart.insertBefore(later, next);
    return { number: row, open: false };
}

/** Threads and arrows. All positions are read first and all lines written after that, so that it takes one layout. */
function drawLines() {
    const area = chart.getBoundingClientRect();
    items.filter((item) => isStep(item) && item.shown).forEach((item) => {
        const box = item.element.getBoundingClientRect();
        item.box = { left: box.left - area.left, right: box.right - area.left, top: box.top - area.top, bottom: box.bottom - area.top };
    });
    chart.querySelector("svg").innerHTML = threads(area.height) + arrows();
}

function threads(bottom) {
    const path = { works: "", waits: "" };
    data.lanes.forEach((name, lane) => {
        let last = null;
        let waited = false;
        for (const item of items.filter((other) => other.lane === lane)) {
            waited = waited || item.waitedBefore;
            if (item.shown) {
                path[waited ? "waits" : "works"] += last ? downFrom(last.box, item.box.top) : "";
                last = item;
                waited = false;
            }
        }
        path.waits += last && name !== "main" ? downFrom(last.box, bottom) : "";
    });
    return `<path class="works" d="${path.works}"/><path class="waits" d="${path.waits}"/>`;
}

const downFrom = (box, bottom) => `M${middle(box)} ${box.bottom}V${bottom}`;
const middle = (box) => (box.left + box.right) / 2;

/** Whether a thread waits for something to do between two of its steps. */
function waits(step, next) {
    return step.id === "ThreadFunc.1" || next.id === "gsx_epoll_process_events.1" || next.id === "ServerSendQueueThread.1"
        || step.id === "ServerTimerQueueMonitorThread.0" && next.id !== "ServerTimerQueueMonitorThread.1";
}

function arrows() {
    const tracks = new Map(); // by gap between lanes: how far down each track of it is taken
    return data.arrows.filter(([from, to]) => items[from].shown && items[to].shown)
        .map(([from, to]) => arrow(from, to, tracks)).join("");
}

/** Out of the card, down the gap beside the lane that it leads to, and in from the side: over no card. */
function arrow(from, to, tracks) {
    const source = items[from].box;
    const target = items[to].box;
    const right = items[to].lane > items[from].lane;
    const towards = right ? 1 : -1;
    const end = right ? target.left : target.right;
    const down = (right ? end - gap() : end) + track(tracks, items[to].lane + !right, source.bottom, target.bottom);
    const y = (target.top + target.bottom) / 2;
    const neighbours = Math.abs(items[to].lane - items[from].lane) === 1;
    const start = neighbours
        ? [[right ? source.right : source.left, (source.top + source.bottom) / 2]]
        : [[middle(source) + 14 * towards, source.bottom], [middle(source) + 14 * towards, source.bottom + 8]];
    const points = [...start, [down, start[start.length - 1][1]], [down, y], [end - 8 * towards, y]];
    const name = `layer${layerOf(items[to])}" data-from="${from}" data-to="${to}"`;
    return `<path class="arrow ${name} d="${rounded(points)}"/>`
        + `<path class="head ${name} d="M${end - 9 * towards} ${y - 5}L${end} ${y}L${end - 9 * towards} ${y + 5}z"/>`;
}

const gap = () => parseFloat(getComputedStyle(chart).columnGap);

/** Where in the gap an arrow goes down: those that do so side by side keep apart. */
function track(tracks, number, top, bottom) {
    const taken = tracks.get(number) || [];
    let free = taken.findIndex((until) => until < top);
    free = free < 0 ? taken.length : free;
    taken[free] = bottom;
    tracks.set(number, taken);
    return TRACKS[free % TRACKS.length];
}

/** A path through points that lie on straight and upright lines, with round corners. */
function rounded(points) {
    let path = "M" + points[0];
    for (let i = 1; i < points.length - 1; i++) {
        const [x, y] = points[i];
        const near = ([toX, toY]) => {
            const length = Math.hypot(toX - x, toY - y) || 1;
            const radius = Math.min(6, length / 2);
            return [x + (toX - x) / length * radius, y + (toY - y) / length * radius];
        };
        path += "L" + near(points[i - 1]) + "Q" + [x, y] + " " + near(points[i + 1]);
    }
    return path + "L" + points[points.length - 1];
}

