// What the site promises, in a real browser: node --test test/ (after ./course site build docs/site/target/dist).
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { delimiter, dirname, join, posix } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createRequire } from 'node:module'
import { chromium } from 'playwright-core'
import { serve } from '../serve.mjs'

const dist = fileURLToPath(new URL('../target/dist', import.meta.url))
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const MOST_BYTES = 300 * 1024
const files = readdirSync(dist, { recursive: true }).map((name) => name.replaceAll('\\', '/'))
const pages = files.filter((name) => name.endsWith('.html') && !/^(code|made)\/|^404/.test(name)).sort()
const twinOf = (page) => (page.startsWith('zh-CN/') ? page.slice('zh-CN/'.length) : `zh-CN/${page}`)
let server, browser, site

before(async () => {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const executablePath = names.flatMap((name) => process.env.PATH.split(delimiter).map((folder) => join(folder, name))).find(existsSync)
  assert.ok(executablePath, 'there is no chromium on the PATH')
  server = await serve(dist, 0)
  site = `http://127.0.0.1:${server.httpServer.address().port}/`
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
})
after(async () => {
  await browser?.close()
  server?.httpServer.closeAllConnections()
  await server?.close()
})

/** Opens a page, runs `look` on it, and returns what went wrong meanwhile. */
async function open(path, { width = 1280, height = 900, colorScheme = 'light' }, look) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme })
  const page = await context.newPage()
  const wrong = []
  page.on('console', (message) => message.type() === 'error' && wrong.push(message.text()))
  page.on('pageerror', (error) => wrong.push(String(error)))
  page.on('requestfailed', (request) => request.failure().errorText !== 'net::ERR_ABORTED' && wrong.push(`${request.url()} failed`))
  page.on('request', (request) => !/^(data|blob):/.test(request.url()) && !request.url().startsWith(site) && wrong.push(`asks for ${request.url()}`))
  try {
    await page.goto(site + path, { waitUntil: 'networkidle' })
    await look(page, wrong)
  } finally {
    await context.close()
  }
  return wrong
}

const good = async (path, how, look) => assert.deepEqual(await open(path, how, look), [], path)

test('both languages have the same pages', () => {
  assert.ok(pages.length > 50, `${pages.length} pages`)
  assert.deepEqual(pages.filter((page) => !pages.includes(twinOf(page))), [])
})

test('every page loads without an error, needs no other host, fits 360 pixels, is small, and leads to its translation', async () => {
  for (const path of pages) {
    let bytes = 0
    await good('code/stage1-listen/index.html', { width: 360 }, async (page) => {
      const network = await page.context().newCDPSession(page)
      await network.send('Network.enable')
      await network.send('Network.setCacheDisabled', { cacheDisabled: true })
      network.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
      await page.goto(site + path, { waitUntil: 'networkidle' })
      assert.equal(await page.locator('h1').count(), 1, `${path}: its title`)
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(wide <= 360, `${path} is ${wide} pixels wide`)
      assert.ok(bytes > 0 && bytes < MOST_BYTES, `${path} needs ${bytes} bytes`)
    })
  }
})

test('the pages of differences and of races fit 360 pixels too', async () => {
  const made = files.filter((name) => /^made\/(diff|race)-.*\.html$/.test(name))
  assert.equal(made.length, 16)
  for (const path of made) {
    await good(path, { width: 360 }, async (page) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth)
      assert.ok(wide <= 360, `${path} is ${wide} pixels wide`)
    })
  }
})

test('no link is dead, neither to a page nor to a place in it', () => {
  const ids = new Map()
  const textOf = (file) => readFileSync(join(dist, file), 'utf8')
  const idsOf = (file) => ids.get(file) ?? ids.set(file, new Set([...textOf(file).matchAll(/\sid="?([^"\s>]+)/g)].map(([, id]) => id))).get(file)
  const there = new Set(files)
  const dead = new Set()
  let count = 0
  for (const file of files.filter((name) => name.endsWith('.html'))) {
    for (const [, link] of textOf(file).matchAll(/\s(?:href|src)="([^"]+)"/g)) {
      if (/^((?!file:)[a-z]+:|\/\/)/i.test(link)) continue
      const [path, anchor] = decodeURI(link.replaceAll('&amp;', '&')).split('#')
      const target = path === '' ? file : path.startsWith('/') ? path.slice(1) : posix.join(dirname(file), path)
      const found = [target, posix.join(target, 'index.html')].find((one) => there.has(one.replace(/^\.\//, '')) && /\.\w+$/.test(one))
      count++
      if (!found || (anchor && file !== '404.html' && !idsOf(found).has(anchor))) dead.add(`${file}: ${link}`)
    }
  }
  assert.ok(count > 5_000, `${count} links`)
  assert.deepEqual([...dead], [])
})

for (const [path, word, wanted] of [
  ['index.html', 'semaphore', '/stage4-send.html'],
  ['index.html', 'SO_REUSEPORT', '/beyond.html'],
  ['zh-CN/index.html', '信号量', '/zh-CN/stage4-send.html'],
  ['zh-CN/index.html', '粘包', '/zh-CN/protocol.html'],
]) {
  test(`search finds ${word}`, () => good(path, {}, async (page) => {
    await page.locator('.VPNavBarSearch button').first().click()
    await page.locator('#localsearch-input').fill(word)
    await page.locator(`.results a[href*="${wanted}"]`).first().waitFor()
    const first = await page.locator('.results a').first().getAttribute('href')
    assert.equal(first.startsWith('/zh-CN/'), path.startsWith('zh-CN/'), `${first}: the language of the results`)
  }))
}

test('the switch leads to the same page in the other language, and back', () => good('stage2-epoll.html', {}, async (page) => {
  for (const [lang, path] of [['zh-CN', 'zh-CN/stage2-epoll.html'], ['en', 'stage2-epoll.html']]) {
    await page.locator('.VPNavBarTranslations button').hover()
    await page.locator('.VPNavBarTranslations a').click()
    await page.waitForURL(site + path)
    await page.waitForFunction((wanted) => document.documentElement.lang.startsWith(wanted), lang)
  }
}))

/** Scrolls to each picture, which is drawn then. */
async function draw(page) {
  for (const picture of await page.locator('.picture, .vp-doc img').all()) {
    await picture.scrollIntoViewIfNeeded()
    await picture.and(page.locator('img, :has(svg)')).waitFor()
  }
}

test('pictures are drawn in the colours of light and dark', () => good('stage3-threadpool.html', {}, async (page) => {
  const drawn = () => page.locator('.picture svg').evaluateAll((all) => all.map((svg) => svg.outerHTML))
  await draw(page)
  const light = await drawn()
  assert.equal(light.length, await page.locator('.picture').count())
  await page.locator('.VPNavBarAppearance button').click()
  await page.waitForFunction((old) => document.querySelector('.picture svg').outerHTML !== old, light[0])
  assert.equal(await page.evaluate(() => document.documentElement.className), 'dark')
  assert.ok((await drawn()).every((svg, i) => svg !== light[i]), 'each is drawn anew')
}))

test('the plots of the benchmark are there', () => good('benchmarks/index.html', {}, async (page) => {
  await draw(page)
  await page.waitForLoadState('networkidle')
  const widths = await page.locator('.vp-doc img').evaluateAll((all) => all.map((one) => one.naturalWidth))
  assert.ok(widths.length >= 5 && widths.every((width) => width > 0), String(widths))
}))

test('on a wide screen the quoted code stays in view beside its text', () => good('stage2-epoll.html', { width: 1600 }, async (page) => {
  const box = page.locator('.beside', { hasText: 'Suppose that one wait returns events' })
  await box.locator('.text').evaluate((text) => scrollTo(0, text.getBoundingClientRect().bottom + scrollY - 500))
  const [text, code] = await Promise.all([box.locator('.text').boundingBox(), box.locator('.quoted').boundingBox()])
  assert.ok(code.x >= text.x + text.width, 'beside, not below')
  assert.ok(code.y >= 64 && code.y + code.height <= 900, `in view: ${JSON.stringify(code)}`)
}))

test("a step's id opens what happens, the code and the test, and Escape closes it", () => good('stage2-epoll.html', {}, async (page) => {
  const id = page.getByRole('button', { name: 'gsx_epoll_process_events.2-1' }).first()
  await id.focus()
  await page.keyboard.press('Enter')
  const known = page.locator('div.step:popover-open')
  await known.waitFor()
  assert.match(await known.innerText(), /events of a connection that has closed meanwhile are left out/)
  const links = await known.locator('a').evaluateAll((all) => all.map((one) => one.href))
  assert.match(links[0], /code\/stage2-epoll\/.*\/EventLoop\.java\.html#L\d+$/)
  assert.match(links[1], /code\/stage2-epoll\/.*\/EventLoopTest\.java\.html#L\d+$/)
  await page.keyboard.press('Escape')
  await known.waitFor({ state: 'hidden' })
}))

test('a name in the text leads to its line, in the colours that were chosen', () => good('stage2-epoll.html', { colorScheme: 'dark' }, async (page) => {
  await page.locator('.vp-doc a', { hasText: /^EventLoop\.isStale$/ }).first().click()
  await page.waitForURL(/EventLoop\.java\.html#L\d+/)
  assert.match(await page.locator('.line:target').innerText(), /boolean isStale\(/)
  assert.equal(await page.evaluate(() => document.documentElement.className), 'dark')
}))

for (const path of ['look/demo-2.html', 'zh-CN/look/demo-2.html']) {
  test(`a recording plays: ${path}`, () => good(path, {}, async (page) => {
    await page.locator('.ap-player').waitFor()
    await page.locator('.ap-overlay-start').click()
    await page.waitForFunction(() => /gsx_epoll_init/.test(document.querySelector('.ap-term').innerText), null, { timeout: 60_000 })
  }))
}

test('what was made for a Chinese page is in Chinese', async () => {
  const isChinese = (text) => /[\u4e00-\u9fff]/.test(text)
  for (const kind of ['trace-2', 'diff-1-2', 'race-2']) {
    for (const [prefix, wanted] of [['', false], ['zh-CN/', true]]) {
      await good(`${prefix}look/${kind}.html`, {}, async (page) => {
        const text = await page.frameLocator('.vp-doc iframe').locator('body').innerText()
        assert.equal(isChinese(text), wanted, `${prefix}${kind}: ${text.slice(0, 200)}`)
      })
    }
  }
  for (const [path, wanted] of [['look/demo-2.html', false], ['zh-CN/look/demo-2.html', true]]) {
    await good(path, {}, async (page) => assert.equal(isChinese(await page.locator('pre.plain').textContent()), wanted, path))
  }
})

test('the keyboard reaches everything, in view', () => good('course.html', {}, async (page) => {
  await page.keyboard.press('Tab')
  const skip = page.locator('.VPSkipLink')
  assert.ok(await skip.evaluate((one) => one === document.activeElement && one.getBoundingClientRect().width > 1), 'the skip link comes first')
  await page.keyboard.press('Enter')
  assert.equal(new URL(page.url()).hash, '#VPContent')
  await page.reload({ waitUntil: 'networkidle' })
  const reached = await page.evaluateHandle(() => new Set())
  for (let isNew = true; isNew; ) {
    await page.keyboard.press('Tab')
    isNew = await reached.evaluate((set) => {
      const one = document.activeElement
      const style = getComputedStyle(one)
      if (one === document.body || set.has(one)) return false
      if (style.outlineStyle === 'none' && style.boxShadow === 'none') throw new Error('no focus is seen on ' + one.outerHTML)
      return set.add(one)
    })
  }
  const missed = await reached.evaluate((set) => [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0 && !set.has(one)).map((one) => one.outerHTML))
  assert.deepEqual(missed, [])
}))

for (const colorScheme of ['light', 'dark']) {
  test(`axe finds nothing, contrast included: ${colorScheme}`, async () => {
    const code = files.find((name) => name.endsWith('stage5-timer/src/main/java/dev/gserver/GServer.java.html'))
    for (const path of ['index.html', 'stage1-listen.html', 'zh-CN/stage1-listen.html', 'notes-map.html', 'zh-CN/look/index.html',
      'look/trace-1.html', 'look/diff-1-2.html', 'look/demo-1.html', 'benchmarks/index.html', code]) {
      await good(path, { colorScheme, width: 1500 }, async (page) => {
        await draw(page)
        await page.addScriptTag({ path: axe })
        const { violations } = await page.evaluate(() => axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'], resultTypes: ['violations'] }))
        const found = violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.any[0]?.message ?? ''}`))
        assert.deepEqual(found, [], `${path}, ${colorScheme}`)
      })
    }
  })
}
