// A lender in a process of its own, so that its CPU time is not the relay's. It sends its parent its address. A message
// from the parent holds its answers (`true`) or gives them (`false`).
import { createServer, type ServerResponse } from 'node:http'

let held = false
let waiting: ServerResponse[] = []
let answered = 0

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    if (held) waiting.push(response)
    else answer(response)
  })
})
server.listen(0, '127.0.0.1', () => {
  const { port } = Object(server.address())
  process.send?.({ url: `http://127.0.0.1:${Number(port)}` })
})

process.on('message', (message) => {
  held = message === true
  if (!held) for (const response of waiting) answer(response)
  waiting = []
})
process.on('disconnect', () => process.exit())

function answer(response: ServerResponse): void {
  answered += 1
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ result: 'ok', data: { id_lead: answered }, errors: [] }))
}
