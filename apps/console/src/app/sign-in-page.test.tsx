import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { Suspense } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { startOver } from '../api/use-live.ts'
import { open, problem, serve, session } from '../testing.tsx'
import { changeLanguage } from '../text/i18n.ts'
import { SignInPage } from './sign-in-page.tsx'

// jsdom cannot leave a page; where one goes is what matters here.
vi.mock('../api/use-live.ts', () => ({ startOver: vi.fn() }))
afterEach(async () => {
  await changeLanguage('en')
  vi.unstubAllGlobals()
  vi.mocked(startOver).mockClear()
})

const nobody = { ...session, user: undefined, persona: undefined, csrfToken: undefined }
const page = (
  <Suspense>
    <SignInPage />
  </Suspense>
)

describe('signing in', () => {
  it('as a persona leads to where one wanted to go', async () => {
    const calls = serve({ 'GET /session': () => nobody, 'POST /session': () => session })
    await open(page, '/sign-in?next=%2Fmeshes%3Fpage%3D2')
    await userEvent.click(await screen.findByRole('button', { name: 'Bo' }))
    await waitFor(() => expect(startOver).toHaveBeenCalledWith('/meshes?page=2'))
    expect(calls.find((call) => call.method === 'POST')?.body).toEqual({ mode: 'local', persona: 'bo' })
  })

  it('says of each person what they may, in the reader’s language', async () => {
    const described = [{ id: 'ada', name: 'Ada', description: { en: 'Runs it', zh: '负责运行' } }]
    serve({ 'GET /session': () => ({ ...nobody, personas: described }) })
    await changeLanguage('zh')
    await open(page, '/sign-in')
    expect((await screen.findByRole('button', { name: /Ada/ })).textContent).toContain('负责运行')
  })

  it('with a token that is refused says what to do', async () => {
    serve({
      'GET /session': () => ({ ...nobody, mode: 'token', personas: [] }),
      'POST /session': () => problem(403, 'access.refused', { mode: 'token' }),
    })
    await open(page, '/sign-in')
    await userEvent.type(await screen.findByRole('textbox', { name: 'Token' }), ' abc ')
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    const alert = await screen.findByRole('alert')
    expect(alert.textContent).toContain('Signing in was refused.')
    expect(alert.textContent).toContain('req-1')
    expect(startOver).not.toHaveBeenCalled()
  })

  it('needs personas in mode local', async () => {
    serve({ 'GET /session': () => ({ ...nobody, personas: [] }) })
    await open(page, '/sign-in')
    expect(await screen.findByText('No personas are configured')).toBeTruthy()
  })
})
