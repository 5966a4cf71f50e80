"use strict";
// What the pages of a trace and of a race share.
const data = JSON.parse(document.getElementById("data").textContent);
const $ = (selector) => document.querySelector(selector);

/** A text in the page's language, with values in its places {0}, {1}. */
const say = (key, ...values) => data.texts[key].replace(/\{(\d)}/g, (place, number) => values[number]);

/** An element with a class and children; strings become text, never markup. */
function make(tag, className, ...children) {
    const element = document.createElement(tag);
    element.className = className;
    element.append(...children);
    return element;
}

/** Lines of a file with their numbers; what `classOf` says of a number is its class, and "lit" the line to look at. */
function listing(lines, firstLine, classOf) {
    return make("pre", "", ...lines.map((line, i) => {
        const className = classOf(firstLine + i);
        return make(className === "lit" ? "mark" : "span", className, make("span", "number", firstLine + i), line, "\n");
    }));
}
