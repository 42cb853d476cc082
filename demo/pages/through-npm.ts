/**
 * A page that is written for the landing page script, as one that has built the npm package into its own:
 * `<anketa-form>` stands where `[data-anketa]` was, and a module where the script was.
 */
export function throughNpm(html: string): string {
  return html
    .replaceAll(/<div ((?:id="\w+" )?)data-anketa(.*?)>(.*?)<\/div>/gs, '<anketa-form $1$2>$3</anketa-form>')
    .replaceAll(
      /<script (?:async )?src="\/anketa\.js"><\/script>/g,
      '<script type="module" src="/pages/built/define.js"></script>',
    )
}
