const stops = [...document.querySelectorAll('.change')];
let current = -1;
function open(element) {
  for (let e = element; e; e = e.parentElement) if (e.tagName === 'DETAILS') e.open = true;
}
function go(step) {
  current = Math.min(Math.max(current + step, 0), stops.length - 1);
  const stop = stops[current];
  if (!stop) return;
  open(stop.parentElement.parentElement);
  stop.focus({ preventScroll: true });
  stop.scrollIntoView({ block: stop.offsetHeight < innerHeight / 2 ? 'center' : 'start' });
}
addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'n') go(1);
  if (event.key === 'p') go(-1);
  if (event.key === 'f') {
    const all = [...document.querySelectorAll('details')];
    const closed = all.some(details => !details.open);
    all.forEach(details => { details.open = closed; });
  }
});
addEventListener('focusin', event => {
  const stop = stops.indexOf(event.target.closest('.change'));
  if (stop >= 0) current = stop;
});
function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (!target) return;
  open(target);
  target.scrollIntoView();
}
addEventListener('hashchange', openTarget);
openTarget();
