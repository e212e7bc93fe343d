import type { Person } from './person.ts'

/** Everything that a person's stream of notices says while it is listened to. */
export type Listening = { heard(): string; stop(): Promise<void> }

export async function listen(person: Person): Promise<Listening> {
  const ending = new AbortController()
  const response = await person.open('/events', ending.signal)
  const { body } = response
  if (!response.ok || body === null) throw new Error(`the stream answered ${response.status}`)
  let heard = ''
  const reading = async () => {
    for await (const part of body.pipeThrough(new TextDecoderStream())) heard += String(part)
  }
  const ended = reading().then(
    () => undefined,
    (error: unknown) => (ending.signal.aborted ? undefined : error),
  )
  return {
    heard: () => heard,
    async stop() {
      ending.abort()
      const error = await ended
      if (error !== undefined) throw error
    },
  }
}
