// A page for each source file, highlighted, with an anchor for each line; and a list of the files of each folder.
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { isFolder, linked, read, root, stages } from './repository.mjs'

const LANGUAGES = { java: 'java', xml: 'xml', md: 'md', properties: 'properties', py: 'python' }

/** Gives each line of a source file an anchor. */
export const numbered = {
  line(node, line) {
    if (this.options.meta.__raw === 'numbered') node.properties.id = 'L' + line
  },
}

function filesBelow(folder) {
  return readdirSync(join(root, folder)).sort().filter((name) => name !== 'target').map((name) => `${folder}/${name}`)
    .flatMap((path) => (isFolder(path) ? filesBelow(path) : [path]))
}

/** `at`: the page's path below code/. All links are relative, so that the pages do not depend on where the site is. */
function page(at, title, crumbs, body) {
  const up = '../'.repeat(at.split('/').length)
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} | gserver</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}code.css">
<script>
const chosen = localStorage.getItem('vitepress-theme-appearance') ?? 'auto'
const dark = chosen === 'auto' ? matchMedia('(prefers-color-scheme: dark)').matches : chosen === 'dark'
document.documentElement.classList.toggle('dark', dark)
</script>
<header><nav aria-label="path"><a href="${up}index.html">gserver</a> / ${crumbs}</nav></header>
<main>
<h1>${title}</h1>
${body}
</main>
`
}

function sourcePage(md, path, all) {
  const [top, ...rest] = path.split('/')
  const inStage = rest.join('/')
  const folder = posix.dirname(inStage)
  const up = '../'.repeat(Math.max(rest.length - 1, 0))
  const text = read(path)
  const isStage = stages.includes(top)
  const crumbs = isStage
    ? `<a href="${up}index.html">${top}</a>` + (folder === '.' ? '' : ` / <a href="${up}index.html#${folder}">${folder}</a>`)
    : posix.dirname(path)
  const others = isStage ? stages.filter((stage) => all.has(`${stage}/${inStage}`)).map((stage) => stage === top
    ? `<b aria-current="page">${stage}</b>`
    : `<a href="../${up}${stage}/${inStage}.html">${stage}${read(`${stage}/${inStage}`) === text ? '' : ' *'}</a>`) : []
  const fence = '`````'
  const code = md.render(`${fence}${LANGUAGES[path.split('.').pop()] ?? 'txt'} numbered\n${text}${fence}\n`, { relativePath: path, isSource: true })
  const note = others.some((one) => one.includes(' *')) ? '<span>* differs</span>' : ''
  return page(path, posix.basename(path), crumbs,
    (others.length > 1 ? `<nav class="stages" aria-label="the same file in other stages">${others.join(' ')} ${note}</nav>\n` : '')
    + code.replace(/<button[^>]*><\/button><span class="lang">.*?<\/span>/, '').replace('<pre ', '<pre tabindex="0" '))
}

function folderPage(top, files) {
  const folders = new Map()
  for (const file of files) folders.set(posix.dirname(file), [...(folders.get(posix.dirname(file)) ?? []), file])
  const sections = [...folders].map(([folder, found]) => {
    const name = posix.relative(top, folder)
    const items = found.map((file) => `<li><a href="${posix.relative(top, file)}.html">${posix.basename(file)}</a></li>`)
    return `<section${name && ` id="${name}"`}><h2>${name || top}</h2><ul>${items.join('')}</ul></section>`
  })
  return page(`${top}/index`, top, top, sections.join('\n'))
}

export async function writeSources({ outDir, srcDir, site }) {
  const md = await createMarkdownRenderer(srcDir, {}, site.base) // the one that the pages were made with
  const write = (path, html) => {
    const file = join(outDir, 'code', path + '.html')
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, html)
  }
  const folders = new Map(stages.map((stage) => [stage, [`${stage}/pom.xml`, ...filesBelow(`${stage}/src`)]]))
  for (const folder of [...linked].filter(isFolder)) folders.set(folder, filesBelow(folder))
  const all = new Set([...folders.values()].flat().concat([...linked].filter((path) => !isFolder(path))))
  for (const path of all) write(path, sourcePage(md, path, all))
  for (const [folder, files] of folders) write(`${folder}/index`, folderPage(folder, files))
}
