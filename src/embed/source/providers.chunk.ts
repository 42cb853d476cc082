/** The adapters, for pages that name one. */
export { pageProviders } from '../../providers/page-registry.ts'
