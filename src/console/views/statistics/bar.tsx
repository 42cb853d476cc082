/** A bar whose length shows a share, beside the number that says it. */
export function Bar({ share }: { readonly share: number }) {
  return (
    <svg class="share" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="share-whole" width="100" height="10" />
      <rect width={share * 100} height="10" />
    </svg>
  )
}
