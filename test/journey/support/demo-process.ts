// Runs the demo in a separate process that a test can kill: demo-process.ts <folder> <address of the sandbox>.
// Sends the address to the parent process when it listens.
import { startDemo } from '../../../demo/demo.ts'

const [folder = '', devtekUrl = ''] = process.argv.slice(2)
const { url } = await startDemo({ port: 0, folder, devtekUrl, answerWithinSeconds: 0.1 })
process.send?.({ url })
