import type { ReactNode } from 'react'

/** The template's own layout loads fonts from the network. */
export default function RootLayout({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <html lang="ru">
      <body>{children}</body>
    </html>
  )
}
