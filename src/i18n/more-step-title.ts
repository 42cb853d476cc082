/** Title of the step for questions that fit into no other step of a form. */
export const moreStepTitle = 'Ещё несколько вопросов'
