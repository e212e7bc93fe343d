import { common } from '@orbweaver/contracts/errors'
import { ORPCError } from '@orpc/server'
import type { Response } from 'express'
import type { z } from 'zod'

type Common = typeof common
export type CommonCode = keyof Common
export type ProblemData<Code extends CommonCode> = z.input<Common[Code]['data']>

/** One of the errors every operation may answer, from places that have no `errors` of a procedure at hand. */
export function problem<Code extends CommonCode>(
  code: Code,
  data: ProblemData<Code>,
): ORPCError<Code, ProblemData<Code>> {
  return new ORPCError(code, { defined: true, status: common[code].status, message: code, data })
}

/** The same, from a middleware in front of the contract's router. */
export function answerProblem<Code extends CommonCode>(res: Response, code: Code, data: ProblemData<Code>): void {
  const { status } = common[code]
  res.status(status).json({ defined: true, code, status, message: code, data })
}
