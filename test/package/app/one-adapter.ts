import { devtek } from 'anketa/providers/devtek'

export const operations = Object.keys(devtek.operations)
