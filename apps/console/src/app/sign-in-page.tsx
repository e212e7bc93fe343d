import type { Persona, Session } from '@orbweaver/contracts/access'
import { Empty } from '@orbweaver/ui/empty'
import { Failure } from '@orbweaver/ui/failure'
import { useKit } from '@orbweaver/ui/kit'
import { PrimaryButton } from '@orbweaver/ui/page'
import { useMutation, useSuspenseQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { api } from '../api/api.ts'
import { useFailureOf } from '../api/failure.ts'
import { sessionQuery } from '../api/session.ts'
import { startOver } from '../api/use-live.ts'
import { paths } from '../paths.ts'
import { LanguageMenu } from './frame/language-menu.tsx'
import { type RawSearch, useSearchOf } from './location.ts'
import { usePageTitle } from './page-title.ts'
import './sign-in.css'
import { useText } from './text.ts'

/** Where to go afterwards: an address of this console, nothing else. */
export function readNext(raw: RawSearch): { next: string } {
  const next = raw.next ?? ''
  return { next: /^\/(?![/\\])/.test(next) ? next : paths.start() }
}

export function SignInPage() {
  const t = useText()
  usePageTitle(t('signIn.title'))
  const session = useSuspenseQuery(sessionQuery).data
  const [{ next }] = useSearchOf(readNext)
  const signIn = useMutation(api.access.signIn.mutationOptions({ onSuccess: () => startOver(next) }))
  const failure = useFailureOf(signIn.error)
  return (
    <main className="ow-sign-in">
      <div className="ow-sign-in-box">
        <div className="ow-row">
          <p className="ow-sign-in-brand">{t('product')}</p>
          <span className="ow-spring" />
          <LanguageMenu />
        </div>
        <h1>{t('signIn.title')}</h1>
        <p className="ow-soft">{t('signIn.lead')}</p>
        {failure !== undefined && <Failure failure={failure} />}
        <Ways
          session={session}
          pending={signIn.isPending}
          onPersona={(persona) => signIn.mutate({ mode: 'local', persona: persona.id })}
          onToken={(token) => signIn.mutate({ mode: 'token', token })}
          onOpen={() => startOver(next)}
        />
      </div>
    </main>
  )
}

function Ways(props: {
  session: Session
  pending: boolean
  onPersona: (persona: Persona) => void
  onToken: (token: string) => void
  onOpen: () => void
}) {
  const t = useText()
  const { locale } = useKit()
  const { mode, personas } = props.session
  if (mode === 'token') return <TokenForm pending={props.pending} onToken={props.onToken} />
  if (mode === 'self') {
    return (
      <>
        <p>{t('signIn.self')}</p>
        <PrimaryButton action={{ label: t('signIn.selfAction'), onSelect: props.onOpen }} />
      </>
    )
  }
  if (personas.length === 0) return <Empty title={t('signIn.noPersonas')} hint={t('signIn.noPersonasHint')} />
  return (
    <section aria-label={t('signIn.personas')}>
      <h2 className="ow-heading">{t('signIn.personas')}</h2>
      <ul className="ow-personas">
        {personas.map((persona) => (
          <li key={persona.id}>
            <button type="button" disabled={props.pending} onClick={() => props.onPersona(persona)}>
              <strong>{persona.name}</strong>
              {persona.description !== undefined && <span>{persona.description[locale]}</span>}
            </button>
          </li>
        ))}
      </ul>
      <p className="ow-muted">{t('signIn.personasHint')}</p>
    </section>
  )
}

function TokenForm(props: { pending: boolean; onToken: (token: string) => void }) {
  const t = useText()
  const id = useId()
  const [token, setToken] = useState('')
  return (
    <form
      className="ow-token"
      onSubmit={(event) => {
        event.preventDefault()
        if (token.trim() !== '') props.onToken(token.trim())
      }}
    >
      <label htmlFor={id}>{t('signIn.token')}</label>
      <textarea
        id={id}
        rows={4}
        required
        maxLength={16_384}
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        value={token}
        onChange={(event) => setToken(event.target.value)}
      />
      <p id={`${id}-hint`} className="ow-muted">
        {t('signIn.tokenHint')}
      </p>
      <button type="submit" className="ow-button" disabled={props.pending}>
        {t('signIn.action')}
      </button>
    </form>
  )
}
