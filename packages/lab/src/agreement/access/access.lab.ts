import { agreementSuite } from '../proxies/testing/suite.ts'
import { compare, differs } from './compare.ts'
import { generate } from './generate.ts'
import { rehearse } from './rehearsal.ts'

agreementSuite({
  generate,
  rehearse,
  rehearsed: 28,
  compare,
  differs,
  told: ({ world, call, theirs, ours: { verdict } }) => ({
    world: world.id,
    call,
    theirs: theirs.verdict,
    ours: verdict,
  }),
})
