same("a card for each step", 24, count(".card"));
same("a lane for each thread, in the order of the layers; workers that only waited share one",
    "main,event-loop,worker-1,worker-2,2 idle workers,send,timer", texts(".lanes b"));
same("narration", "1 Two clients connect. One of them is slow.|2 The second goes silent.", texts(".banner").join("|"));
same("what the client and the log say, as text and not as markup",
    "client <b>hello</b> & <\/script><img src=x onerror=\"broken=1\">|WARNING 127.0.0.1:5001: closed: <i>why</i>"
    + "|and 9 more steps like these, not shown", texts(".client, .remark").join("|"));
same("no markup came of it", "0 undefined", count("img, i") + " " + window.broken);
const heads = [...document.querySelectorAll(".lanes div")].map((e) => e.getBoundingClientRect());
same("cards that are not in their thread's lane", "", items.filter(isStep)
    .filter((i) => Math.abs(i.element.getBoundingClientRect().left - heads[i.lane].left) > 1).map((i) => i.raw));
const steps = items.filter(isStep).sort((a, b) => a.ms - b.ms);
same("cards that cover another, and later steps that are higher", "", steps.filter((s, i) => i > 0
    && (s.box.top < steps[i - 1].box.top || s.lane === steps[i - 1].lane && s.box.top < steps[i - 1].box.bottom))
    .map((s) => s.raw));
same("steps of one millisecond stand side by side", at(6.7).row, at(6.8).row);
same("what the page has loaded", 0, performance.getEntriesByType("resource").length);

same("an arrow for each hand-over, and no other", `
    AddToTimerQueue.1@5 -> GetOverTimeTimer.2-1@90
    ServerSendQueueThread.5@7.6 -> gsx_write_request_handler.1@51
    inMsgRecvQueueAndSignal.1@6 -> ThreadFunc.2@6.6
    inMsgRecvQueueAndSignal.1@6.5 -> ThreadFunc.2@6.7
    msgSend.2@7 -> ServerSendQueueThread.1@7.2
    msgSend.2@7.4 -> ServerSendQueueThread.1@7.5
    procPingTimeOutChecking.1@91 -> gsx_epoll_process_events.1@92`, data.arrows.map((ends) => "\n    " + ends.map((i) => items[i].id + "@" + items[i].ms).join(" -> ")).sort().join(""));
same("arrows with their head at the card that they lead to", 7, [...document.querySelectorAll(".chart .head")].filter((head) => {
    const tip = head.getAttribute("d").match(/L([\d.]+) ([\d.]+)/).slice(1).map(Number);
    const box = items[head.dataset.to].box;
    return Math.min(Math.abs(tip[0] - box.left), Math.abs(tip[0] - box.right)) < 1 && tip[1] > box.top && tip[1] < box.bottom;
}).length);
same("cards that an arrow runs over", "", cardsUnderArrows());
same("threads that wait are told from threads at work", true, [".works", ".waits"].every((line) =>
    document.querySelector(".chart " + line).getTotalLength() > 50));

show("connection 2 (127.0.0.1:5002)");
same("one connection: its steps, and the step that its kick leads to", "5 6.5 6.7 7 7.2 7.3 7.7 50 90 91 92", shownTimes());
same("the arrows between them", 4, count(".chart .arrow"));
show("all 24 steps");
document.querySelector("#layers input[value='3']").click();
same("a layer left out", "0 of 16", count(".card.layer3:not([hidden])") + " of " + count(".card:not([hidden])"));
document.querySelector("#layers input[value='3']").click();
same("and shown again", 24, count(".card:not([hidden])"));

at(7.6).element.click();
same("a click on a card opens the panel", false, panel.hidden);
const meaningOf = data.notes["ServerSendQueueThread.5"].text.toLowerCase();
same("with its meaning and its line", true, panel.textContent.toLowerCase().includes(meaningOf)
    && panel.textContent.includes("7.60 ms  send        connection 1 "));
same("the call that says so, and not the other one of that id", "1 true", count("#panel mark") + " "
    + /Trace.step."ServerSendQueueThread.5".*part sent/.test(texts("#panel mark").join()));
document.querySelector("#close").click();
same("it can be closed", true, panel.hidden);
at(6.5).element.focus();
press("ArrowRight");
same("an arrow key follows the arrow", at(6.7).element.dataset.index, document.activeElement.dataset.index);
document.activeElement.click();
press("ArrowDown");
same("or the thread", 7, items[chosen].ms);
press("Escape");
same("Escape closes the panel and returns to the card", "true 7", panel.hidden + " " + items[document.activeElement.dataset.index].ms);
same("what has the focus shows it", "solid", getComputedStyle(document.activeElement).outlineStyle);
document.activeElement.click();
document.querySelector("#connection").focus();
show("all 24 steps");
same("a choice of steps closes it and leaves the focus alone", "true connection", panel.hidden + " " + document.activeElement.id);

choose(items.indexOf(at(7.6)));
const brightness = looksBright() ? "bright" : "dark";
same("text with a contrast below 4.5, which WCAG AA wants", "", faintTexts());
findings.push("ok " + brightness);
finish();
