import { istioCrds } from '@orbweaver/schemas/istio'
import { expect, test } from 'vitest'
import { buildJudges } from '../build.ts'
import { describedBy, objects } from './objects.ts'
import { compareVerdicts } from './objects-verdicts.ts'
import { validate } from './real-judges.ts'

const described = describedBy(istioCrds)

test('our checks and istiod’s webhook say the same of objects of every kind', async () => {
  const program = await buildJudges(() => undefined)
  const made = [...objects(described, 20_260_827, 3000)]
  const { different, refused, allowed } = compareVerdicts(described, made, await validate(program, made))
  expect(different).toEqual([])
  expect(Math.min(refused, allowed)).toBeGreaterThan(500)
})
