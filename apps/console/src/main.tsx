import { Kit } from '@orbweaver/ui/kit'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queries } from './api/api.ts'
import './app/messages.ts'
import { useScheme } from './app/frame/appearance.ts'
import { router } from './app/router.tsx'
import { changeLanguage, languageNow } from './text/i18n.ts'
import { useLanguage } from './text/use-language.ts'

function Console() {
  return (
    <Kit locale={useLanguage()} scheme={useScheme()}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </Kit>
  )
}

void changeLanguage(languageNow())
const root = document.querySelector('#root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <Console />
    </StrictMode>,
  )
}
