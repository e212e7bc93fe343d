import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { expect, it } from 'vitest'
import { ChoiceCards } from './choice-cards.tsx'
import { show } from './testing.tsx'

const cards = [
  { value: 'keep' as const, title: 'Keep it', hint: 'Nothing is taken away.' },
  { value: 'drop' as const, title: 'Drop it', hint: 'All of it goes.' },
]

function Two() {
  const [value, setValue] = useState<'keep' | 'drop'>('keep')
  return <ChoiceCards legend="What to do" value={value} cards={cards} onChange={setValue} />
}

it('a card is a radio with its title as name and its sentence as description; its words choose it', async () => {
  show(<Two />)
  expect(screen.getByRole('group', { name: 'What to do' })).toBeTruthy()
  const keep = screen.getByRole<HTMLInputElement>('radio', { name: 'Keep it', description: 'Nothing is taken away.' })
  const drop = screen.getByRole<HTMLInputElement>('radio', { name: 'Drop it', description: 'All of it goes.' })
  expect([keep.checked, drop.checked]).toEqual([true, false])
  await userEvent.click(screen.getByText('Drop it'))
  expect([keep.checked, drop.checked]).toEqual([false, true])
})
