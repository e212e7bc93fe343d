import { strangers } from '../http/server.ts'

export const accessHandlers = {
  session: strangers.access.session.handler(({ context }) => context.visit.describe()),
  signIn: strangers.access.signIn.handler(async ({ context, input, errors }) => {
    const session = await context.visit.signIn(input)
    if (session === undefined) throw errors['access.refused']({ data: { mode: input.mode } })
    context.log.info({ user: session.user?.name }, 'signed in')
    return session
  }),
  signOut: strangers.access.signOut.handler(({ context }) => context.visit.signOut()),
}
