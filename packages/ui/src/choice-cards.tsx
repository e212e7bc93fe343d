import { type ReactNode, useId } from 'react'
import './choice-cards.css'

export type ChoiceCard<Value extends string> = { value: Value; title: string; hint: string; picture?: ReactNode }

/** One of a few that need a sentence each: radios as cards, side by side where they have pictures. */
export function ChoiceCards<Value extends string>(props: {
  legend: string
  value: Value
  cards: readonly ChoiceCard<Value>[]
  onChange: (value: Value) => void
}) {
  const group = useId()
  const pictured = props.cards.some(({ picture }) => picture !== undefined)
  return (
    <fieldset className="ow-choices" data-pictured={pictured}>
      <legend>{props.legend}</legend>
      {props.cards.map(({ value, title, hint, picture }) => {
        const id = `${group}-${value}`
        return (
          <div key={value} className="ow-choice" data-chosen={value === props.value}>
            <input
              type="radio"
              id={id}
              name={group}
              aria-describedby={`${id}-hint`}
              checked={value === props.value}
              onChange={() => props.onChange(value)}
            />
            {picture}
            <div>
              <label htmlFor={id}>{title}</label>
              <p id={`${id}-hint`} className="ow-soft">
                {hint}
              </p>
            </div>
          </div>
        )
      })}
    </fieldset>
  )
}
