const findings = [];
function expect(what, holds) { findings.push((holds ? 'ok ' : 'FAILED ') + what); }
function key(name) { dispatchEvent(new KeyboardEvent('keydown', { key: name })); }
const changed = [...document.querySelectorAll('section.file')].find(s => s.querySelector('aside'));
const changes = [...document.querySelectorAll('.change')];
expect('neither code nor remarks were run', document.title === 'stage3-threadpool → stage4-send');
expect('a remark stands beside the change', changed.querySelector('aside').getBoundingClientRect().left
    >= changed.querySelector('.pair').getBoundingClientRect().right);
expect('nothing is wider than the window', document.documentElement.scrollWidth <= innerWidth);
key('n');
expect('n goes to the first change', document.activeElement === changes[0]);
key('n');
key('p');
expect('p goes back to it', document.activeElement === changes[0]);
for (let i = 0; i < 100; i++) key('n');
expect('n ends at the last', document.activeElement === changes[changes.length - 1]);
key('f');
expect('f unfolds everything', [...document.querySelectorAll('details')].every(d => d.open));
expect('nothing was loaded', performance.getEntriesByType('resource').length === 0);
expect('background ' + getComputedStyle(document.body).backgroundColor, true);
document.body.innerHTML = '';
document.body.append(Object.assign(document.createElement('pre'), { textContent: findings.join('\n') }));
