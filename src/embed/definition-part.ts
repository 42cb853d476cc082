// The part of the script that is loaded for what a page itself says about its form.

export { readDefinition } from './read-definition.ts'
export { showProblems } from './show-problems.ts'
