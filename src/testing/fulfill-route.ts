/** The part of Playwright's `Route` that is used here. */
export interface RouteLike {
  request(): { url(): string; method(): string; postData(): string | null }
  fulfill(answer: { status: number; headers: Record<string, string>; body: string }): Promise<void>
  abort(): Promise<void>
}

/** Answers a request that Playwright has intercepted. If `answer` rejects, the request fails like a lost connection. */
export async function fulfillRoute(
  route: RouteLike,
  answer: (url: string, init: RequestInit) => Promise<Response>,
): Promise<void> {
  const request = route.request()
  const body = request.postData()
  try {
    const response = await answer(request.url(), {
      method: request.method(),
      ...(body === null ? {} : { body }),
    })
    const headers = Object.fromEntries(response.headers)
    await route.fulfill({ status: response.status, headers, body: await response.text() })
  } catch {
    await route.abort()
  }
}
