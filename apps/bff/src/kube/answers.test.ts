import { expect, test } from 'vitest'
import { createAnswers } from './answers.ts'

function clocked(max = 10) {
  const clock = { now: 1_000 }
  const asked: string[] = []
  const answers = createAnswers<string>({ ttlMs: 30, max, now: () => clock.now })
  const ask = (key: string, answer?: string) =>
    answers.get(key, () => {
      asked.push(key)
      return answer === undefined ? Promise.reject(new Error('nobody there')) : Promise.resolve(answer)
    })
  return { clock, asked, answers, ask }
}

test('an answer is asked for once, and again when it is too old', async () => {
  const { clock, asked, ask } = clocked()
  expect(await Promise.all([ask('a', 'yes'), ask('a', 'no')])).toEqual(['yes', 'yes'])
  clock.now += 20
  expect(await ask('a', 'no')).toBe('yes')
  clock.now += 10
  expect(await ask('a', 'no')).toBe('no')
  expect(asked).toEqual(['a', 'a'])
})

test('in the last third of its time an answer is given at once and made anew behind it', async () => {
  const { clock, asked, ask } = clocked()
  await ask('a', 'yes')
  clock.now += 21
  expect(await Promise.all([ask('a', 'no'), ask('a', 'no')])).toEqual(['yes', 'yes'])
  expect(asked).toEqual(['a', 'a'])
  clock.now += 20
  expect(await ask('a', 'never asked')).toBe('no')
  expect(asked).toEqual(['a', 'a'])
})

test('one that cannot be made anew is good for its time and no longer', async () => {
  const { clock, answers, ask } = clocked()
  await ask('a', 'yes')
  clock.now += 21
  expect(await ask('a')).toBe('yes')
  clock.now += 8
  expect(await ask('a')).toBe('yes')
  clock.now += 1
  await expect(ask('a')).rejects.toThrow('nobody there')
  expect(answers.last('a')).toEqual({ value: 'yes', at: 1_000 })
})

test('the last answer stays with its age when nobody answers any more', async () => {
  const { clock, answers, ask } = clocked()
  await ask('a', 'yes')
  clock.now += 500
  await expect(ask('a')).rejects.toThrow('nobody there')
  expect(answers.last('a')).toEqual({ value: 'yes', at: 1_000 })
  await expect(ask('b')).rejects.toThrow('nobody there')
  expect(answers.last('b')).toBeUndefined()
  answers.forget('a')
  expect(answers.last('a')).toBeUndefined()
})

test('what was not used for longest goes first, and what is forgotten does not come back by a late answer', async () => {
  const { answers, ask } = clocked(2)
  await ask('a', '1')
  await ask('b', '2')
  await ask('a', '1')
  await ask('c', '3')
  expect(['a', 'b', 'c'].map((key) => answers.last(key)?.value)).toEqual(['1', undefined, '3'])
  const late = ask('d', '4')
  answers.forgetAll()
  await late
  expect(answers.last('d')).toBeUndefined()
})
