// What the site makes of the pages' Markdown beyond what VitePress does: links into the repository lead to the site,
// names in backticks lead to the code, a step's id opens what is known about it, and quoted Java stands beside its text.
import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { languageOf, made, pages, read, resolve, root, srcDir, stages, titleAt } from './repository.mjs'

const names = JSON.parse(readFileSync(join(made, 'names.json'), 'utf8'))
const newest = stages.at(-1)
const steps = { en: stepsOf('docs/notes-map.md'), zh: stepsOf('docs/zh-CN/notes-map.md') }
const LABELS = { en: { code: 'Code: ', test: 'Test: ', stage: 'from stage' }, zh: { code: '代码：', test: '测试：', stage: '始于阶段' } }

function stepsOf(page) {
  const rows = read(page).matchAll(/^\| `([^`]+)` \| ([1-5]) \| (.+) \| `(.+)` \| `(.+)` \|$/gm)
  return new Map([...rows].map(([, id, stage, what, code, test]) => [id, { stage: Number(stage), what, code, test }]))
}

/** As GitHub makes the anchor of a heading. */
export const slugify = (title) =>
  title.trim().toLowerCase().replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-')

/** The stage that a page is the chapter of, or the last one. */
const stageOf = (env) => stages.find((stage) => env.relativePath.endsWith(stage + '.md'))

function placeOf(code, stage) {
  const name = code.replace(/\(.*\)$/, '')
  const isMethodAlone = /^[a-z]+[A-Z]\w*$/.test(name)
  const place = /^[A-Z]\w*(\.\w+)?$/.test(name) || isMethodAlone ? names[stage]?.[name] : undefined
  return place && '/code/' + place.replace('#', '.html#')
}

function link(state, href, children) {
  const open = new state.Token('link_open', 'a', 1)
  open.attrs = [['href', href], ['class', 'vp-raw']] // the browser loads it, not VitePress
  return [open, ...children, new state.Token('link_close', 'a', -1)]
}

function html(state, content, type = 'html_block') {
  const token = new state.Token(type, '', 0)
  token.content = content
  return token
}

const attribute = (text) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('`', '')
const popoverOf = (id) => 'step-' + id.replaceAll('.', '-')

/** A name that a line may end in, where a word of it ends. */
const breakable = (state, code) => html(state, `<code>${code.replace(/[._]/g, '$&<wbr>')}</code>`, 'html_inline')

/** Code in backticks: a step's id opens its popover, a name of the code leads there. */
function linkName(state, token) {
  const { env } = state
  const code = token.content
  const step = steps[languageOf(env.relativePath)].get(code)
  if (step && !env.inPopover) {
    env.steps.add(code)
    const button = `<button type="button" class="step" popovertarget="${popoverOf(code)}" title="${attribute(step.what)}">`
    return [html(state, button, 'html_inline'), breakable(state, code), html(state, '</button>', 'html_inline')]
  }
  const home = stages[(env.inPopover ?? 0) - 1]
  const href = placeOf(code, stageOf(env) ?? home ?? newest) ?? placeOf(code, home ?? newest)
  return href ? link(state, href, [breakable(state, code)]) : [token]
}

/** Between such characters and others the end of a line is no blank. */
const CHINESE = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u

function linkInline(state, inline, source) {
  let depth = 0
  inline.children = inline.children.flatMap((token, i, all) => {
    depth += token.type === 'link_open' ? 1 : token.type === 'link_close' ? -1 : 0
    if (token.type === 'link_open' && source) {
      const href = resolve(source, token.attrGet('href'))
      if (href) token.attrSet('href', href)
      if (href?.startsWith('/code/')) token.attrSet('class', 'vp-raw')
      else if (href && /^[\w/-]+\.md$/.test(all[i + 1].content)) all[i + 1].content = titleAt(href)
    } else if (token.type === 'image' && source) {
      const page = posix.join(srcDir, posix.dirname(state.env.relativePath))
      token.attrSet('src', posix.relative(page, posix.join(root, posix.dirname(source), token.attrGet('src'))))
    }
    if (token.type === 'softbreak' && (CHINESE.test(all[i - 1].content?.at(-1)) || CHINESE.test(all[i + 1].content?.[0]))) return []
    return token.type === 'code_inline' && depth === 0 ? linkName(state, token) : [token]
  })
}

/** Where a quoted block stands: above it, as a link. */
function captionOf(state, fence) {
  const [language, folder, name] = fence.info.split(/\s+/)
  const stage = stages.find((one) => one.startsWith(`${folder}-`) || one === folder)
  if (language !== 'java' || !stage) return undefined
  const path = Object.values(names[stage]).map((place) => place.split('#')[0]).find((one) => one.endsWith('/' + name))
  if (!path) return undefined
  const wanted = fence.content.split(/\n *\/\/ …/)[0].trim().split('\n').map((line) => line.trim())
  const lines = read(path).split('\n').map((line) => line.trim())
  const line = lines.findIndex((_, start) => wanted.every((one, i) => lines[start + i] === one)) + 1
  return [html(state, '<p class="where">'), ...link(state, `/code/${path}.html#L${line}`,
    [html(state, `${name.replace(/.*\//, '')}<span> · ${stage} · ${line}</span>`)]), html(state, '</p>')]
}

/** The blocks of a page; what is folded is one, whatever is in it. A caption goes before each block that quotes code. */
function blocksOf(state) {
  const blocks = []
  for (let i = 0, folded = 0; i < state.tokens.length; ) {
    const [{ type, content }, inner] = [state.tokens[i], state.tokens[i + 1]]
    let end = i
    for (let depth = 0; end === i || depth > 0; end++) depth += state.tokens[end].nesting
    const caption = type === 'fence' && captionOf(state, state.tokens[i])
    const tokens = [...(caption || []), ...state.tokens.slice(i, end)]
    if (folded > 0) {
      blocks.at(-1).tokens.push(...tokens)
      if (caption) blocks.at(-1).kind = 'folded'
    } else {
      const leads = type === 'paragraph_open' && /[:：]\s*$/.test(inner.content)
      blocks.push({ tokens, kind: caption ? 'quoted' : leads ? 'leads' : type === 'blockquote_open' ? 'task' : type })
    }
    if (type === 'html_block') folded += content.split('<details').length - content.split('</details').length
    i = end
  }
  return blocks
}

/**
 * Quoted Java and its text in two columns: the code stays in view beside what is said of it. To a quotation belongs the
 * paragraph before it that ends with a colon; to one that is folded, all before it; and what follows, up to the next.
 */
function besideText(state) {
  const out = []
  let unit // what is put side by side
  let texts = [] // blocks that belong to the unit, or to the next one
  const flush = () => {
    const text = texts.flatMap((block) => block.tokens)
    if (unit) {
      out.push(html(state, '<div class="beside"><div class="lead">\n'), ...unit.lead.flatMap((block) => block.tokens),
        html(state, '</div><div class="quoted">\n'), ...unit.quoted.flatMap((block) => block.tokens),
        html(state, '</div><div class="text">\n'), ...text, html(state, '</div></div>\n'))
    } else {
      out.push(...text)
    }
    unit = undefined
    texts = []
  }
  const lead = (kind) => (texts.at(-1)?.kind === kind ? [texts.pop()] : [])
  for (const block of blocksOf(state)) {
    if (block.kind === 'heading_open') {
      flush()
      out.push(...block.tokens)
    } else if (!['quoted', 'folded'].includes(block.kind)) {
      texts.push(block)
    } else if (unit && texts.length === 0) {
      unit.quoted.push(block)
    } else {
      const own = block.kind === 'quoted' ? lead('leads') : unit ? lead('task') : texts.splice(0)
      flush()
      unit = { lead: own, quoted: [block] }
    }
  }
  flush()
  state.tokens = out
}

/** What is known about the steps that the page names. The browser shows it when the id is chosen. */
function popovers(state) {
  const language = languageOf(state.env.relativePath)
  const label = LABELS[language]
  for (const id of state.env.steps) {
    const { stage, what, code, test } = steps[language].get(id)
    const text = `**\`${id}\`** ${label.stage} ${stage}\n\n${what}\n\n${label.code}\`${code}\` · ${label.test}\`${test}\``
    const env = { ...state.env, inPopover: stage, steps: new Set() }
    state.tokens.push(html(state, `<div popover class="step" id="${popoverOf(id)}">\n`), ...state.md.parse(text, env), html(state, '</div>\n'))
    state.env.links = [...(state.env.links ?? []), ...(env.links ?? [])]
  }
}

export function extend(md) {
  md.core.ruler.push('course', (state) => {
    const source = pages.get(state.env.relativePath)
    const isPage = !state.env.inPopover && !state.env.isSource
    if (isPage) state.env.steps = new Set()
    state.tokens.forEach((token, i) => {
      if (token.type === 'code_block') Object.assign(token, { type: 'fence', tag: 'code', info: 'sh' })
      const isHeading = state.tokens[i - 1]?.type === 'heading_open'
      if (token.type === 'inline' && !isHeading) linkInline(state, token, source)
    })
    if (isPage && stageOf(state.env)) besideText(state)
    if (isPage) popovers(state)
  })
  const fence = md.renderer.rules.fence
  md.renderer.rules.fence = (tokens, i, options, env, self) => {
    if (!env.isSource) tokens[i].info = tokens[i].info.split(' ')[0] // VitePress would take digits for lines to mark
    return tokens[i].info === 'mermaid'
      ? `<Mermaid code="${encodeURIComponent(tokens[i].content)}" />\n`
      : fence(tokens, i, options, env, self)
  }
}
