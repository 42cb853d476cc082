// The demonstration in a process of its own, to be killed: demo-process.ts <folder> <address of the sandbox>.
// Tells its parent the address once it listens.
import { startDemo } from '../../../demo/demo.ts'

const [folder = '', devtekUrl = ''] = process.argv.slice(2)
const { url } = await startDemo({ port: 0, folder, devtekUrl, answerWithinSeconds: 0.1 })
process.send?.({ url })
