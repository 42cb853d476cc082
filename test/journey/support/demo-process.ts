// The demonstration in its own process, which tests kill: demo-process.ts <folder> <address of the sandbox>.
// Sends its address to the parent process once it listens.
import { startDemo } from '../../../demo/demo.ts'

const [folder = '', devtekUrl = ''] = process.argv.slice(2)
const { url } = await startDemo({ port: 0, folder, devtekUrl, answerWithinSeconds: 0.1 })
process.send?.({ url })
