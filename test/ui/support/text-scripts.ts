/** What {@link translateTexts} puts before every text, in place of a translation. */
export const translationMark = '¤'

/**
 * Replaces every text node by a translation in two `font` elements, now and later, as the translators of browsers do. The
 * nodes that the form has made are no longer in it. Returns a function that stops it.
 */
export function translateTexts(root: Node): () => void {
  return rewriteTexts(root, (node) => {
    const outer = document.createElement('font')
    const inner = document.createElement('font')
    const text = node.data
    inner.append(text.trim() === '' ? text : translationMark + text)
    outer.append(inner)
    node.replaceWith(outer)
  })
}

/** Splits every text node in two, now and later, as scripts do that mark words. Returns a function that stops it. */
export function splitTexts(root: Node): () => void {
  return rewriteTexts(root, (node) => void (node.length > 1 && node.splitText(node.length >> 1)))
}

/** Changes text nodes that no call has changed or made before. */
function rewriteTexts(root: Node, rewrite: (node: Text) => void): () => void {
  const seen = new WeakSet<Node>()
  const rewriteAll = (): void => {
    for (const node of textNodes(root)) if (!seen.has(node)) rewrite(node)
    // A node whose text the form changes later stays as it is, as it does for a translator that has done its work.
    for (const node of textNodes(root)) seen.add(node)
  }
  rewriteAll()
  const observer = new MutationObserver(rewriteAll)
  observer.observe(root, { childList: true, subtree: true })
  return () => observer.disconnect()
}

function textNodes(root: Node): readonly Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const nodes: Text[] = []
  while (walker.nextNode()) if (walker.currentNode instanceof Text) nodes.push(walker.currentNode)
  return nodes
}
