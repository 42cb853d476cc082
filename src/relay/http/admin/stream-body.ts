/** The body of a response that is made piece by piece, as fast as it is read. */
export function createStreamBody(
  pieces: AsyncIterator<Uint8Array>,
  cancel: () => unknown = () => pieces.return?.(),
): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await cancel()
    },
  })
}
