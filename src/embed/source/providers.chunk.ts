/** All adapters, for pages that name one. */
export { providers } from '../../providers/registry.ts'
