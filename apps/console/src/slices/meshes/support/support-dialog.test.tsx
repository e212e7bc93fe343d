import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { open, problem, serve } from '../../../testing.tsx'
import { SupportDialog } from './support-dialog.tsx'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
})

async function show(served: unknown): Promise<void> {
  serve({ 'GET /meshes/shop/support-bundle': () => served })
  await open(<SupportDialog mesh="shop" onClose={vi.fn()} />)
  await userEvent.click(await screen.findByRole('button', { name: 'Make and download' }))
}

it('says what will be in it, and gives the file with its own name', async () => {
  const kept = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:')
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockReturnValue()
  await show(new File([new Uint8Array(8)], 'orbweaver-shop-1.tar.gz', { type: 'application/gzip' }))
  expect(await screen.findByText(/^Downloaded: orbweaver-shop-1\.tar\.gz, \d+ kB$/)).toBeTruthy()
  expect(screen.getAllByRole('listitem')).toHaveLength(7)
  expect(kept).toHaveBeenCalledOnce()
  expect(clicked.mock.contexts.map((each) => each instanceof HTMLAnchorElement && each.download)).toEqual([
    'orbweaver-shop-1.tar.gz',
  ])
})

it('says why there is none, and can be asked again', async () => {
  await show(problem(503, 'hub.unread', {}))
  expect(await screen.findByRole('alert')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy()
})
