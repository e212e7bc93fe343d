import { server } from './server.ts'

export const eventHandlers = {
  watch: server.events.watch.handler(async function* ({ context }) {
    yield* context.notices.subscribe(context.viewer, context.signal)
  }),
}
