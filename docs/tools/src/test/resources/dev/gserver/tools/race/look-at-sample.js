const where = () => document.querySelector("#where").textContent;
const lit = () => texts("#panel mark .number").join(" ");
const click = (id) => document.querySelector("#" + id).click();

same("a lane for each thread", "event-loop,worker-1", texts(".lanes b"));
same("a card for each event, and one for the end", 18, cards.length);
const heads = [...document.querySelectorAll(".lanes div")].map((e) => e.getBoundingClientRect());
same("cards that are not in their thread's lane", "", cards.slice(0, -1).filter((card, i) => {
    const box = card.getBoundingClientRect();
    const head = heads[events[i].thread];
    return box.left < head.left - 1 || box.right > head.right + 1;
}).map((card) => card.textContent));
same("cards that are not below the one before", "", cards.filter((card, i) => i > 0
    && card.getBoundingClientRect().top < cards[i - 1].getBoundingClientRect().bottom).map((card) => card.textContent));
same("nothing is wider than the window", true, document.documentElement.scrollWidth <= innerWidth);
same("what events say is text and not markup", "0 undefined", count("img") + " " + window.broken);
same("what the page has loaded", 0, performance.getEntriesByType("resource").length);

same("it begins with the first step, which has none before", "step 1 of 17 true false",
    where() + " " + document.querySelector("#back").disabled + " " + document.querySelector("#on").disabled);
same("its line is lit in both versions", "41 41", lit());
same("both versions are there", "the wrong version,the right version", texts("#panel h2"));
same("with what only one of them has", "42 46-52|45-46", [".wrong", ".right"].map((side) =>
    [...document.querySelectorAll(".sides " + side + " .number")].map((e) => Number(e.textContent))
        .reduce((runs, n) => runs.length && runs.at(-1)[1] === n - 1 ? [...runs.slice(0, -1), [runs.at(-1)[0], n]] : [...runs, [n, n]], [])
        .map(([from, to]) => from === to ? from : from + "-" + to).join(" ")).join("|"));
click("on");
click("on");
same("a button goes on; a line of the wrong version alone is lit there alone", "step 3 of 17 46", where() + " " + lit());
const panes = [...document.querySelectorAll(".sides pre")].map((pane) => pane.getBoundingClientRect());
const mark = document.querySelector("#panel mark").getBoundingClientRect();
same("the lit line is in view", true, mark.top >= panes[0].top && mark.bottom <= panes[0].bottom);
press("ArrowRight");
press("ArrowRight");
same("an arrow key too; where the other thread stands is shown", "step 5 of 17 5 5 48", where() + " " + lit() + " "
    + texts(".stands .number"));
press("ArrowLeft");
same("and back", "step 4 of 17", where());
same("what is still to come is told from what has happened", "4 14", cards.filter((card) => !card.matches(".ahead")).length
    + " " + count(".ahead"));
same("who holds the lock", "2 3 4 6 7 8 9 10 11 12 14 15 16", cards.flatMap((card, i) => card.matches(".holds") ? [i + 1] : []).join(" "));
press("End");
same("the end says what came of it, and lights the line that prevents it", "the end true 46 the right version",
    where() + " " + document.querySelector("#what").textContent.includes("Message 2 lies in a mailbox") + " " + lit() + " "
    + document.querySelector("#panel mark").closest("section").querySelector("h2").textContent);
press("ArrowRight");
same("and nothing comes after it", "the end true", where() + " " + document.querySelector("#on").disabled);
press("Home");
same("Home returns to the first step", "step 1 of 17", where());
cards[8].click();
same("a click on a card chooses it", "step 9 of 17 true", where() + " " + cards[8].matches(".chosen"));
same("and tells where one is", "step", cards[8].getAttribute("aria-current"));
cards[8].focus();
same("what has the focus shows it", true, getComputedStyle(cards[8]).outlineStyle !== "none" || !cards[8].matches(":focus-visible"));
same("what cannot be reached with the keyboard", 0, [...document.querySelectorAll("button, pre")].filter((e) => e.tabIndex < 0).length);
const brightness = looksBright() ? "bright" : "dark";
same("text with a contrast below 4.5, which WCAG AA wants", "", faintTexts());
findings.push("ok " + brightness + " " + innerWidth);
finish();
