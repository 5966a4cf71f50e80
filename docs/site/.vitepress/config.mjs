import { defineConfig } from 'vitepress'
import { kinds } from './look.mjs'
import { extend, slugify } from './markdown.mjs'
import { languageOf, layOut, linkTo, pages, srcDir, titleOf } from './repository.mjs'
import { searchable, tokenize } from './search.mjs'
import { numbered, writeSources } from './sources.mjs'

layOut()

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">${['ab2656', 'a94d08', '0d7358', '1c68a8', '6a549c']
  .map((colour, i) => `<path fill="#${colour}" d="M0 ${i * 2}h10v1.6H0z"/>`).join('')}</svg>`

const GROUPS = [
  { en: 'To begin with', zh: '开始', pages: ['index', 'course'] },
  { en: 'Chapters', zh: '各章', pages: /^stage\d/ },
  { en: 'To look up', zh: '查阅', pages: ['protocol', 'notes-map', 'from-cpp', 'faults'] },
  { en: 'Beyond', zh: '更进一步', pages: /./ },
]

/** Pages with quoted code or large tables use the whole width. */
const WIDE = /(stage\d[^/]*|faults|from-cpp|notes-map|races|benchmarks\/index)\.md$/

/** The pages in the order in which they are read; a group takes what those before it have left. */
function sidebar(language) {
  const prefix = language === 'zh' ? 'zh-CN/' : ''
  const item = (page, text = titleOf(page)) => ({ text, link: linkTo(page) })
  const left = [...pages.keys()].filter((page) => languageOf(page) === language).sort()
  const take = (wanted) => {
    const found = wanted instanceof RegExp
      ? left.filter((page) => wanted.test(page.slice(prefix.length)))
      : wanted.map((name) => `${prefix}${name}.md`).filter((page) => left.includes(page))
    found.forEach((page) => left.splice(left.indexOf(page), 1))
    return found
  }
  const index = `${prefix}look/index.md`
  return [
    ...GROUPS.map((group) => ({ text: group[language], items: take(group.pages).map((page) => item(page)) })),
    {
      text: titleOf(index),
      items: [item(index, language === 'zh' ? '一览' : 'All of them'), ...kinds(language).map(({ name, found }) => ({
        text: name, items: found.map(({ page, title }) => item(prefix + page, title)),
      }))],
    },
  ]
}

const chinese = {
  sidebar: sidebar('zh'),
  outline: { level: [2, 3], label: '本页内容' },
  docFooter: { prev: '上一页', next: '下一页' },
  sidebarMenuLabel: '目录',
  returnToTopLabel: '回到顶部',
  langMenuLabel: '切换语言',
  skipToContentLabel: '跳到正文',
  darkModeSwitchLabel: '外观',
  darkModeSwitchTitle: '切换到深色',
  lightModeSwitchTitle: '切换到浅色',
  notFound: { title: '没有这一页', quote: '', linkText: '回到首页', linkLabel: '回到首页' },
}
const chineseSearch = {
  button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
  modal: {
    displayDetails: '显示详细内容',
    resetButtonTitle: '清除',
    backButtonTitle: '关闭搜索',
    noResultsText: '没有找到',
    footer: { selectText: '选择', navigateText: '移动', closeText: '关闭' },
  },
}

export default defineConfig({
  srcDir,
  router: { prefetchLinks: false }, // a page loads what it needs itself
  cacheDir: './target/cache',
  title: 'gserver',
  head: [['link', { rel: 'icon', href: `data:image/svg+xml,${encodeURIComponent(ICON)}` }]],
  description: 'A TCP server in the manner of nginx, in Java, step by step',
  locales: {
    root: { label: 'English', lang: 'en', themeConfig: { sidebar: sidebar('en'), notFound: { quote: '' } } },
    'zh-CN': { label: '简体中文', lang: 'zh-CN', description: '仿 nginx 的 TCP 服务器，用 Java 一步一步写成', themeConfig: chinese },
  },
  themeConfig: {
    outline: [2, 3],
    search: {
      provider: 'local',
      options: {
        miniSearch: { options: { tokenize }, searchOptions: { tokenize } },
        locales: { 'zh-CN': { translations: chineseSearch } },
        _render: searchable,
      },
    },
  },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    languageAlias: { haproxy: 'nginx' },
    codeTransformers: [numbered],
    anchor: { slugify },
    image: { lazyLoading: true },
    config: extend,
  },
  ignoreDeadLinks: [/^\/code\//], // written when the pages are there; the test follows them
  transformPageData(page) {
    if (WIDE.test(page.relativePath)) page.frontmatter.pageClass ??= 'wide'
  },
  buildEnd: writeSources,
  vite: { build: { chunkSizeWarningLimit: 4000 } },
})
