import { agreementSuite } from '../proxies/testing/suite.ts'
import { compare, differs } from './compare.ts'
import { generate } from './generate.ts'
import { rehearse } from './rehearsal.ts'

agreementSuite({
  generate,
  rehearse,
  rehearsed: 16,
  compare,
  differs,
  told: ({ world, request, theirs, ours }) => ({ world: world.id, request, theirs, ours }),
})
