import { render, type RenderResult } from '@testing-library/react'
import type { ReactNode } from 'react'
import { Kit, type Locale } from './kit.tsx'

/** Renders as the app does: inside the kit, in one language. */
export function show(node: ReactNode, locale: Locale = 'en'): RenderResult {
  return render(node, {
    wrapper: ({ children }: { children: ReactNode }) => (
      <Kit locale={locale} scheme="light">
        {children}
      </Kit>
    ),
  })
}
