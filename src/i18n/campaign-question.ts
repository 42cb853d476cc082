/** Label of a field that only a lender knows; what it is about stands below, in the lender's own words. */
export const campaignQuestion = 'Вопрос кредитора'
