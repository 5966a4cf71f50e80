// Search in both languages. The functions go to the browser as text, so each stands alone.

/** Words as they are; of Chinese, which has no blanks between words, each pair of neighbouring characters. */
export function tokenize(text) {
  return (text.match(/\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}_])+/gu) ?? []).flatMap((word) => {
    const characters = [...word]
    return /\p{Script=Han}/u.test(word) && characters.length > 1
      ? characters.slice(1).map((character, i) => characters[i] + character)
      : [word]
  })
}

/** What is searched of a page: not what opens on a click, which stands on another page too. */
export async function searchable(source, env, md) {
  const html = await md.render(source, env)
  return html.replace(/<div popover[^]*?<\/div>/g, '').replace(/<Mermaid [^>]*>/g, '')
}
