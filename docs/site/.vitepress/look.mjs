// The pages with what is made from real runs: recordings of the demos, traces, differences, races.
import { readdirSync } from 'node:fs'
import { made } from './repository.mjs'

const KINDS = {
  demo: {
    en: ['Demos', (n) => `The demo of stage ${n}`, 'What a demo prints, at the speed at which it was printed.'],
    zh: ['演示', (n) => `阶段 ${n} 的演示`, '演示打印的内容，按打印时的速度重放。'],
  },
  trace: {
    en: ['Traces', (n) => `The trace of stage ${n}`, 'The steps of a demo, a lane for each thread, with the code of each step.'],
    zh: ['步骤图', (n) => `阶段 ${n} 的步骤图`, '演示中的每一步：每个线程一列，附上该步的代码。'],
  },
  diff: {
    en: ['Differences', (n, m) => `From stage ${n} to stage ${m}`, 'What a stage adds to the one before it, side by side, with the remarks of its chapter.'],
    zh: ['差异', (n, m) => `从阶段 ${n} 到阶段 ${m}`, '一个阶段比前一个多了什么：左右对照，并附上该章的说明。'],
  },
  race: {
    en: ['Races', (n) => `A race of stage ${n}`, 'A wrong version, and an order of the threads\' steps in which it goes wrong, found by a program.'],
    zh: ['竞态条件', (n) => `阶段 ${n} 的竞态条件`, '一个错误的版本，以及由程序找出的、会出错的执行次序。'],
  },
}
const INDEX = {
  en: ['Things to look at', 'All of it was made from real runs when this site was built.'],
  zh: ['看一看', '以下内容都是构建本站时实际运行的结果。'],
}

/** Of each kind that there is its name, what it is, and its pages with their titles. */
export function kinds(language) {
  const files = readdirSync(made).filter((file) => file.includes('.zh.') === (language === 'zh')).sort()
  return Object.entries(KINDS).map(([kind, texts]) => {
    const [name, title, what] = texts[language]
    const found = files.filter((file) => file.startsWith(kind + '-')).map((file) => {
      const id = file.replace(/\..*/, '')
      return { file, page: `look/${id}.md`, title: title(...id.split('-').slice(1)) }
    })
    return { name, what, found }
  }).filter(({ found }) => found.length > 0)
}

/** The pages with their texts. */
export function lookAt(language) {
  const [title, text] = INDEX[language]
  const all = kinds(language)
  const index = all.map(({ name, what, found }) =>
    `## ${name}\n\n${what}\n\n${found.map((one) => `- [${one.title}](/${language === 'zh' ? 'zh-CN/' : ''}${one.page})`).join('\n')}\n`)
  return [
    ['look/index.md', `# ${title}\n\n${text}\n\n${index.join('\n')}`],
    ...all.flatMap(({ what, found }) => found.map(({ file, page, title }) => [page,
      `---\npageClass: ${file.endsWith('.cast') ? 'recording' : 'frame'}\noutline: false\n---\n# ${title}\n\n${what}\n\n<Made file="${file}" title="${title}" />\n`])),
  ]
}
